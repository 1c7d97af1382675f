"""Words for spreadsheets that come in and for the rows of a roster: what is wrong, and what to do.

A problem of a cell is looked up as "roster.<code>" and then as "<code>", since some codes are refusals of
`registry` too, where the same words fit.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from registry import words

FIELD_LABELS: dict[str, Promise] = {
    "name": _("姓名"),
    "sex": _("性别"),
    "ethnicity": _("民族"),
    "citizen_id": _("身份证号"),
    "disability_number": _("残疾人证号"),
    "disability_category": _("残疾类别"),
    "disability_grade": _("残疾等级"),
    "education": _("文化程度"),
    "residence": _("户口性质"),
    "address": _("户籍地址"),
    "phone": _("联系电话"),
    "guardian_name": _("监护人或紧急联系人"),
    "guardian_phone": _("监护人或紧急联系人电话"),
    "employment": _("就业状况"),
    "training_need": _("就业培训需求"),
    "person_kind": _("学员类别"),
    "hardship": pgettext_lazy("hardship", "人员类别"),
    "access_needs": _("辅具及无障碍需求"),
    "remarks": _("备注"),
}

ROSTER_WORDS: dict[str, Promise] = {
    # Files that are not taken
    "workbook_refused": _("这个文件不能使用。请用 Excel 或 WPS 打开，另存为 xlsx 后再上传。"),
    "workbook_empty": _("文件是空的。请检查是否选错了文件，填好内容并保存后再上传。"),
    "workbook_too_large": _(
        "文件超过 5 MB。名单本身很小：请删去图片和多余的工作表，另存后再上传；人数很多的，分成几个文件。"
    ),
    "workbook_extension": _("只能上传 xlsx、xls 或 csv 文件。请用 Excel 或 WPS 打开，另存为 xlsx 后再上传。"),
    "workbook_renamed": _(
        "文件的内容和扩展名不符，可能是改过扩展名，或由别的系统导出。"
        "请用 Excel 或 WPS 打开，另存为 xlsx 后再上传。"
    ),
    "workbook_encrypted": _("文件设了打开密码。请用 Excel 或 WPS 打开，取消密码，保存后再上传。"),
    "workbook_damaged": _("文件已损坏或不完整。请用 Excel 或 WPS 打开检查，另存为 xlsx 后再上传。"),
    "workbook_encoding": _("读不出文件里的文字。请用 Excel 或 WPS 打开，另存为 xlsx 后再上传。"),
    "workbook_macros": _("文件含有宏，为了安全不能上传。请另存为不含宏的 xlsx 后再上传。"),
    "workbook_external_links": _(
        "文件引用了其他文件或网络上的数据，为了安全不能上传。请把内容复制，用“粘贴为数值”放进新表，再上传。"
    ),
    "workbook_embedded": _(
        "文件里嵌有其他文件或控件，为了安全不能上传。请把内容复制，用“粘贴为数值”放进新表，再上传。"
    ),
    "workbook_doctype": _("文件里有表格软件不会写入的内容，为了安全不能上传。请把内容复制到新表，再上传。"),
    "workbook_members": _("文件的内部结构不正常，为了安全不能上传。请把内容复制到新表，再上传。"),
    "workbook_unpacked": _("文件解开后大得不正常，为了安全不能上传。请把内容复制到新表，再上传。"),
    "workbook_dimension": _(
        "表太大：最多 20000 行、256 列。请删去数据以外的空行、空列（选中后“删除”，不是“清除”），再上传。"
    ),
    "workbook_header_missing": _(
        "没有找到表头。请保留写有列名的一行，至少要有：{expected}。可以下载空白模板对照。"
    ),
    "workbook_columns_missing": _("表头里缺少这些列：{missing}。请补上，或把列名改成这样，再上传。"),
    "workbook_rows_missing": _("表头下面没有内容。请填好表格，保存后再上传。"),
    # What was read of a file
    "sheets_ignored": _("没有读取这些工作表（隐藏的，或没有名单）：{sheets}。"),
    "columns_unknown": _("“{sheet}”里这些列不认识，没有读取：{columns}。"),
    "columns_doubled": _("“{sheet}”里这些列重复，只读取了第一个：{columns}。"),
    "rows_skipped_total": _("“{sheet}”已略过 {count} 行合计：第 {rows} 行。"),
    "rows_skipped_signature": _("“{sheet}”已略过 {count} 行签字或说明：第 {rows} 行。"),
    "rows_skipped_repeated_header": _("“{sheet}”已略过 {count} 行重复的表头：第 {rows} 行。"),
    "rows_skipped_continuation": _("“{sheet}”已略过 {count} 行合并单元格的下半行：第 {rows} 行。"),
    "rows_skipped_numbered_blank": _("“{sheet}”已略过 {count} 行只有序号的空行：第 {rows} 行。"),
    # Cells: errors
    "roster.name_missing": _("没有姓名。请按身份证上的写法填写。"),
    "roster.name_differs": _(
        "这个身份证号已经登记，但姓名不同。请对照身份证，核对姓名和号码；确实改过名的，请联系当地残联更正。"
    ),
    "roster.citizen_id_missing": _("没有身份证号。请填写 18 位号码。"),
    "roster.citizen_id_numeric": _(
        "身份证号列须为文本格式：Excel 把号码当成数字，末尾几位已经丢失。请对照身份证，重新填写 18 位号码。"
    ),
    "roster.citizen_id_length": _("身份证号应有 18 位，这里有 {length} 位。请对照身份证补全。"),
    "roster.citizen_id_characters": _(
        "第 {position} 位不对：前 17 位应是数字，最后一位是数字或 X。请对照身份证改正。"
    ),
    "roster.citizen_id_birth_date": _("第 7 至 14 位不是真实的出生日期。请对照身份证改正。"),
    "roster.citizen_id_future": _("号码里的出生日期晚于今天。请对照身份证改正。"),
    "roster.citizen_id_age": _("按号码计算，年龄超过 {limit} 岁。请核对出生年份。"),
    "roster.citizen_id_checksum": _("最后一位校验不符，其中有一位写错了。请对照身份证改正。"),
    "under_age": _("开班时不满 {limit} 周岁，不能参加培训。请核对号码；号码没错的，请勾选“不载入”。"),
    "disability_number_numeric": _(
        "残疾人证号列须为文本格式：Excel 把号码当成数字，末尾几位已经丢失。请对照残疾人证，重新填写。"
    ),
    "roster.disability_number_length": _(
        "残疾人证号应有 20 位（补发的另加 B1、B2），这里有 {length} 位。请对照残疾人证改正。"
    ),
    "roster.disability_number_citizen_id": _("前 18 位不是正确的身份证号。请对照残疾人证改正。"),
    "roster.disability_number_category": _("第 19 位应为 1 至 7（残疾类别）。请对照残疾人证改正。"),
    "roster.disability_number_grade": _("第 20 位应为 1 至 4（残疾等级）。请对照残疾人证改正。"),
    "roster.disability_number_reissue": _("20 位之后只能是补发标记 B1、B2 等。请对照残疾人证改正。"),
    "roster.disability_number_mismatch": _(
        "前 18 位和身份证号不同，可能是别人的证件。请核对；是家庭成员的，请在“学员类别”填“残疾人家庭成员”。"
    ),
    "text_too_long": _("内容太长，最多 {limit} 个字。请缩短。"),
    "cell_error": _("单元格里是公式出错的结果，不是内容。请重新填写。"),
    "duplicate_in_file": _(
        "和“{sheet}”第 {row} 行是同一个身份证号。号码写错的请改正；同一人写了两次的，请勾选“不载入”。"
    ),
    # Cells: warnings and information
    "name_inner_blank": _("姓名中间有空格，会照这样登记和印在证书上。不需要的请去掉。"),
    "name_private_character": _(
        "姓名里有用自造字符写的字，别的电脑可能显示不出来。请用输入法重新输入这个字。"
    ),
    "roster.region_unknown": _("身份证号的前 6 位不是已知的地区代码。请核对号码。"),
    "sex_conflict": _("性别和身份证号第 17 位不一致，按身份证号登记。请核对。"),
    "over_working_age": _("开班时已超过 {limit} 周岁，不在就业年龄段。请确认符合本班的招生条件。"),
    "roster.disability_number_missing": _(
        "没有残疾人证号，也没有注明是家庭成员或工伤职工。会按没有残疾人证登记，补助核对时可能需要补充。"
    ),
    "category_conflict": _("残疾类别和残疾人证号第 19 位不一致，按证号登记。请核对。"),
    "grade_conflict": _("残疾等级和残疾人证号第 20 位不一致，按证号登记。请核对。"),
    "phone_unusual": _("不像是电话号码，会照原样登记。请核对。"),
    "choice_unknown": _("看不懂这里的内容，这一格不会登记。可以填：{expected}。"),
    "row_hidden": _("这一行在文件里是隐藏的，仍会载入。不需要的请在文件里删除后重新上传。"),
    "hardship_read": _("读到 {count} 项困难类别，从载入当天起登记；已经登记过的不会重复登记。"),
    "enrolled_elsewhere": _(
        "在 {starts_on} 至 {ends_on} 还参加另一个培训班，时间有重叠。请核实是否能同时参加。"
    ),
    "skill_already_held": _("已经在别的培训班学成这门技能。再次参加可能不能享受补助，请核实。"),
    "certificate_expired": _("登记的残疾人证已过有效期。请提醒本人换证。"),
    "certificate_cancelled": _("登记的残疾人证已经注销。请向当地残联核实。"),
    "certificate_changed": _("残疾人证号和以前登记的不同（换证或补发），会记为新的证件。"),
    "certificate_of_relative": _("这是亲属的残疾人证，按家庭成员登记，不会当作本人的证件。"),
    "person_kind_differs": _("学员类别和以前登记的不同，登记信息不会改动。请核对。"),
    "already_enrolled": _("已经在本班名单里，不会重复载入。"),
    "region_from_base": _("从地址看不出是哪个县（市、区），按基地所在的{region}登记。"),
    # API
    "field_unknown": _("名单没有这一列。"),
    # The audit trail
    "audit.roster.uploaded": _("上传名单"),
    "audit.roster.corrected": _("改正名单"),
    "audit.roster.loaded": _("载入名单"),
}


def say_problem(code: str, facts: Mapping[str, Any]) -> str:
    """The sentence about a cell or a row."""
    key = f"roster.{code}"
    return words.say(key if key in ROSTER_WORDS else code, facts)


def label(field: str) -> str:
    """The name of a column; "" for a problem of the whole row."""
    return str(FIELD_LABELS[field]) if field else ""


def place(sheet: str, row_number: int | str, *, name_sheet: bool) -> str:
    """Where a row is, as its reader finds it in the spreadsheet program."""
    if name_sheet:
        return gettext("“%(sheet)s”第 %(row)s 行") % {"sheet": sheet, "row": row_number}
    return gettext("第 %(row)s 行") % {"row": row_number}
