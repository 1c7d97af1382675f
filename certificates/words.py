"""Words for the refusals and problems of `certificates` (see registry/words.py)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "certificate_refused": _("这张证书不能签发。"),
    "not_earned": _("这名学员没有结业，不能发证。"),
    "certificate_notice_needed": _("这里规定发证前要公示，这名学员还没有公示。请联系残联发布公示。"),
    "certificate_on_notice": _("这名学员正在公示，到 {until} 为止，期满后才能发证。"),
    "certificate_objected": _("公示期间有人提出异议，还没有答复或者异议成立，不能发证。"),
    "cohort_not_completed": _("培训班还没有结业。请先在培训班页面判定结果并办理结业。"),
    "training_not_over": _("培训到 {ends_on} 才结束，结束后才能发证。"),
    "skill_not_issuable": _("这项技能只凭国家考试的合格证书证明，基地不能发证。请由残联登记外部证书。"),
    "not_accredited": _("基地在 {on} 没有有效的挂牌，不能发证。请联系挂牌的残联。"),
    "title_discloses": _("证书名称里有“{word}”，会透露持证人的残疾。请换一个名称。"),
    "title_misleads": _("证书名称里有“{word}”，像是其他部门的证书。请换一个名称。"),
    "title_set_by_template": _("证书名称由残联的模板规定为“{title}”，不能另填。"),
    "wording_discloses": _("这里有“{word}”，会透露持证人的残疾。请换一种说法。"),
    "template_fixed": _("这个版本已经启用，不能再改。要改请新建一个版本。"),
    "template_not_in_use": _("这个版本不在使用中。请刷新页面查看最新状态。"),
    "template_day_taken": _("同一天已有另一个版本启用。请换一天，或先收回那个版本。"),
    "template_begins_past": _("启用日期不能早于今天。"),
    "template_pictures_unseen": _("请看过标志和印章图样，确认上面没有透露残疾的字样，再勾选。"),
    "picture_unfit": _("这个图片不能用。"),
    "picture_format": _("这不是 PNG 或 JPEG 图片。请另存为 PNG 再上传。"),
    "picture_bytes": _("图片超过 {limit} MB。请缩小后再上传。"),
    "picture_pixels": _("图片的边长超过 {limit} 像素。请缩小后再上传。"),
    "picture_small": _("图片太小：去掉空白后，每边至少要有 {limit} 像素，印出来才清楚。"),
    "picture_broken": _("图片文件已损坏。请重新导出再上传。"),
    "picture_empty": _("图片是空白的。请换一个文件。"),
    "audit.bulk_file.asked": _("准备全班的证书文件"),
    "audit.certificate_template.drafted": _("起草证书模板"),
    "audit.certificate_template.edited": _("修改证书模板草稿"),
    "audit.certificate_template.put_in_use": _("启用证书模板"),
    "audit.certificate_template.ended": _("停用证书模板"),
    "audit.certificate_template.called_back": _("收回证书模板"),
    "audit.certificate_template.discarded": _("删除证书模板草稿"),
    "title_length": _("请填写证书名称，不超过 {limit} 个字。"),
    "name_discloses": _("培训项目或技能的名称会透露持证人的残疾。请联系残联修改名称后再发证。"),
    "not_signable": _("证书上的内容不能签名（{reason}）。请检查学员的姓名和培训项目的课时。"),
    "no_signing_key": _(
        "这个地区还没有可用的签名密钥。请系统管理员运行 manage.py create_signing_key --federation 地区代码。"
    ),
    "key_file_missing": _("找不到签名密钥 {kid} 的文件。请系统管理员从备份恢复。"),
    "key_file_unsafe": _("签名密钥 {kid} 的文件别人也能读。请系统管理员把权限改为 0600，并考虑更换密钥。"),
    "no_service_key": _(
        "本平台还没有可用的服务密钥。请系统管理员运行 manage.py create_signing_key --purpose {purpose}。"
    ),
    "key_store_read_only": _(
        "密钥库只读，不能在这里生成密钥。请在密钥库里放入新密钥，再运行 manage.py create_signing_key --kid。"
    ),
    "key_kind_wrong": _("密钥种类不符：用途 {purpose} 需要另一种密钥。"),
    "no_next_key": _("没有待启用的密钥。请先运行 manage.py create_signing_key。"),
    "signature_not_good": _("刚做的签名核对不通过，证书没有签发。请把时间告知系统管理员。"),
    "key_not_active": _("这把密钥现在的状态不能这样办理。"),
    "certificate_status": _("证书现在的状态不能这样办理。请刷新页面查看最新状态。"),
    "reason_needed": _("请选择原因。"),
    "change_waiting": _("这张证书已有一项更改在等待。请先撤回那一项，或等它生效。"),
    "change_over": _("这项更改已经生效、撤回或没有批准，不能再办理。请刷新页面查看。"),
    "nothing_touched": _("这里没有可以这样办理的证书：状态不符，或者已有更改在等待。"),
    "nothing_corrected": _("填写的内容与证书上的一样，没有要更正的。"),
    "undo_minutes": _("撤回时限应是 0 到 {most} 分钟。"),
    "correction_name_long": _("姓名太长，二维码放不下。请用不超过 42 个字的写法。"),
    "correction_course_long": _("培训项目名称最多 {limit} 个字。"),
    "correction_course_discloses": _("培训项目名称里有“{word}”，会透露持证人的残疾。请改用不透露的写法。"),
    "correction_hours": _("课时应是 1 到 {most} 的整数，例如 48。"),
    "correction_day": _("日期看不懂。请写成 2024-06-03 这样。"),
    "correction_days_reversed": _("结业日期不能早于开班日期。"),
    "correction_row_unknown": _("证书编号不在这个培训班的现有证书里。请用本页下载的表填写，不要改证书编号。"),
    "correction_row_repeated": _("这张证书在表里出现了两次，只取了第一次。请核对。"),
    "external_already_recorded": _("这一类别的这个编号已经登记过了。请检查编号，或查看已有的登记。"),
    "external_state": _("这张证书已经核验或作废。请刷新页面查看最新状态。"),
    "second_person_needed": _("登记或申请的人不能自己核验或批准，请由另一位工作人员办理。"),
    "code_mistyped": _("这个验证码里有字符打错或漏掉了。请对照纸面重新输入。"),
    "report_closed": _("这条反映已经有人办结了。请刷新页面查看结果。"),
    "nothing_to_print": _("这个培训班还没有有效的证书。"),
    "number_form_qualification": _(
        "提醒：职业资格证书的编号一般是 16 位数字（上海为 13 位），请再核对一次。"
    ),
    "number_form_skill_level": _(
        "提醒：职业技能等级证书的编号一般是 22 位：字母 Y 或 S 加 21 位数字，请再核对一次。"
    ),
    "number_level": _("提醒：编号里的等级与登记的等级不同，请再核对一次。"),
    "face_not_drawn": _("这张证书画不出来，没有生成文件。"),
    "missing_glyph": _("字体里没有这些字：{characters}（{code_points}），印出来会有空缺。请联系系统管理员。"),
    "face_too_long": _("第 {position} 张证书的文字太长，一页放不下。请缩短培训项目或单位名称。"),
    "qr_too_long": _("二维码内容太长，画不下。请联系系统管理员。"),
    "qr_unreadable": _("刚画的二维码读不出来，没有生成文件。请再试一次；如果一再出现，请联系系统管理员。"),
    "audit.certificate_report.made": _("反映证书问题"),
    "audit.certificate_report.closed": _("办结证书问题反映"),
    # Holders
    "not_the_holder": _(
        "没有找到：编号、姓名、身份证号后四位里至少有一项不相符。为了保护您，系统不说明是哪一项。请对照证书再填一次。"
    ),
    "slip_ended": _("这个个人链接过了有效期，或者已经作废。请联系培训基地打印新的凭条。"),
    "nothing_to_open": _("这个人还没有证书，不用打印凭条。"),
    "share_days": _("有效期要在 1 到 {longest} 天之间。"),
    "too_many_shares": _("已有 {limit} 个链接还能打开。请先停用不用的链接。"),
    "share_ended": _("过了有效期，或者持证人已经停用。需要时请向持证人要新的链接。"),
    # What the audit trail calls it
    "audit.slip.issued": _("打印凭条"),
    "audit.slip.ended": _("作废凭条"),
    "audit.holder.opened": _("持证人打开自己的证书"),
    "audit.holder.refused": _("凭条的身份证后四位不对"),
    "audit.share.made": _("持证人生成分享链接"),
    "audit.share.ended": _("持证人停用分享链接"),
}
