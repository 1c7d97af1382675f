"""Words for the refusals and problems of `courses` (see registry/words.py)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.filing_words import FILING_WORDS
from courses.roster_words import ROSTER_WORDS
from courses.subsidy_words import SUBSIDY_WORDS

WORDS: dict[str, Promise] = {
    "courses_refused": _("这个请求不能办理。"),
    # Courses
    "course_name_taken": _("本基地已有同名同等级的培训项目。请换一个名称，或直接使用已有的项目。"),
    "course_name_discloses": _(
        "项目名称会印在证书上，不能透露残疾情况。请去掉“残疾”“盲人”等字样，例如写“保健按摩”。"
    ),
    "course_in_use": _("已有培训班使用这个项目，技能、等级、课时和结业要求不能再改。请新建一个项目。"),
    "course_of_other_base": _("这个培训项目属于另一个基地。请选择本基地的项目。"),
    "hours_missing": _("请填写课时：理论、实操、线上至少填一项，1 课时为 45 分钟。"),
    "hours_too_many": _("课时应在 0 到 3000 之间。"),
    "over_100": _("应在 0 到 100 之间。"),
    # Cohorts
    "cohort_name_taken": _("本基地已有同名的培训班。请换一个名称，例如加上期数。"),
    "cohort_too_long": _("开班到结业超过两年，请检查年份。"),
    "cohort_frozen": _("只有草稿和退回修改的培训班可以改资料。需要改动时，请联系审核单位退回。"),
    "cohort_move_not_allowed": _("培训班现在的状态不能这样变更。请刷新页面，按当前状态办理。"),
    "cohort_own_filing": _("申报和审核要由不同的人办理。您能为这个基地申报，因此不能审核它的培训班。"),
    "cohort_base_suspended": _("基地的挂牌已暂停，恢复以前不能备案，也不能开始培训。请联系挂牌的残联。"),
    "cohort_nobody_enrolled": _("名单里还没有学员，不能开始培训。请先上传名单。"),
    "cohort_outcomes_pending": _(
        "还有 {count} 名学员的结果没有判定，或判定后记录又有改动。请先到“结果”页判定。"
    ),
    "reason_missing": _("请写明原因，例如“开班日期需要推迟”。"),
    # Comparisons
    "comparison_over": _("这份文件已经比对过。要改栏目，请重新上传。"),
    "comparison_forgotten": _("对方的数据保留期已到，已经删除，不能再处理。请重新上传。"),
    "comparison_only_verified": _("核验只看我们的内容是否属实，不采用对方的内容。请选择保留或核实。"),
    "comparison_column_twice": _("这一栏已经选过，同一栏不能用两次。"),
    "comparison_lost_digits": _("号码在表格里存成了数字，后几位已经丢失。请对方把这一列设为文本再给一次。"),
    "comparison_repeated": _("这个身份证号在文件前面已经出现过。"),
    "export.comparison": _("数据比对结果"),
    "audit.comparison.uploaded": _("上传比对文件"),
    "audit.comparison.mapped": _("选择比对栏目"),
    "audit.comparison.run": _("比对数据"),
    "audit.comparison.settled": _("处理不一致"),
    # Exports
    "export_nothing": _("这个范围里没有可以导出的记录。请换一个地区或年度。"),
    "export_year": _("请填写年度，例如 2024。"),
    "export.national_system": _("全国实名制系统录入表"),
    "export.cohort_roster": _("培训班花名册"),
    "export.people": _("人员台账"),
    "export.employment": _("就业台账"),
    "export.assistance": _("就业帮扶台账"),
    "export.graduate_plans": _("一生一策台账"),
    "audit.data.handed_out": _("领取导出文件"),
    "population_figure": _("人数应在 1 到 2 亿之间。"),
    "audit.population_figure.recorded": _("登记应录入人数"),
    # Online resources
    "resource_empty": _("这份资源里还没有内容。请先上传文件、填写网址或文字版。"),
    "resource_course_skill": _("这个培训项目教的不是所选的技能，请核对。"),
    "resource_discloses": _("公开的页面不能透露学员有残疾。请去掉“残疾”“盲人”等字样，或者不公开。"),
    "resource_link": _("请填写以 https:// 开头的完整网址。"),
    "resource_link_unwanted": _("只有形式是“网页链接”的资源才填写网址。"),
    "resource_too_large": _("文件超过 20 MB。较长的视频请放到视频网站，在这里填写网页链接。"),
    "resource_type": _(
        "文件和所选的形式不符。视频收 MP4、WebM，音频收 MP3、M4A，文字收 TXT、PDF，幻灯片收 PPTX、PDF。"
    ),
    "audit.resource.created": _("登记学习资源"),
    "audit.resource.edited": _("修改学习资源"),
    "audit.resource.published": _("发布学习资源"),
    "audit.resource.withdrawn": _("下架学习资源"),
    # Enrolments
    "enrolment_closed": _("名单已经锁定：审核中、考核中和已结束的培训班不能增加学员。"),
    "enrolment_late_reason_missing": _("培训已经开始，名单已锁定。中途加入请写明原因。"),
    "enrolment_decided": _("培训班已结业或取消，学员的结果不能再改。"),
    # Timetable, attendance, results
    "records_closed": _(
        "培训班现在的状态不能登记这项内容：考勤在培训中和考核中登记，成绩和结果在考核中登记。"
    ),
    "session_taken": _("{on} 第 {part} 节已经安排过。请换一天，或换一节。"),
    "session_outside_cohort": _("{on} 不在培训日期内。请填 {starts_on} 到 {ends_on} 之间的日期。"),
    "session_has_marks": _("{on} 第 {part} 节已有考勤，不能删除。请先清除这一节的考勤。"),
    "session_recorded": _(
        "{on} 第 {part} 节已有考勤，日期、节次、课时和补课关系不能改。请先清除这一节的考勤。"
    ),
    "session_made_up": _("{on} 第 {part} 节已安排补课，不能删除。请先删除补课的课次。"),
    "session_trainer_busy": _("这名教师在 {on} 第 {part} 节要上“{cohort}”的课。请换教师，或换时间。"),
    "session_trainer_busy_elsewhere": _(
        "这名教师在 {on} 的这个时间在另一个培训基地上课。请换教师，或换时间。"
    ),
    "session_room_busy": _("这间教室在 {on} 第 {part} 节有“{cohort}”的课。请换教室，或换时间。"),
    "session_times_pair": _("开始时间和结束时间要么都填，要么都不填。"),
    "session_time_order": _("结束时间应晚于开始时间。"),
    "session_makes_up_invalid": _("只能为本班在此之前的正课补课。请选择要补的那一节。"),
    "check_in_not_today": _("这一节在 {on}，只能在上课当天开始签到。"),
    "check_in_minutes": _("签到开放 5 到 180 分钟。"),
    "check_in_closed": _("签到已经结束，或者链接不完整。请向教师要现在的二维码或签到码。"),
    "check_in_code_unknown": _("没有这个签到码，或者签到已经结束。请再听一遍，或向教师要现在的签到码。"),
    "check_in_unknown": _("名单里没有找到。请检查身份证号后四位，或请教师帮忙登记。"),
    "check_in_several": _("有几位学员的后四位相同。请再填姓名；姓名也相同的，请填学员编号或告诉教师。"),
    "examined_apart": _("这个班实行考培分离：成绩由残联指派的考评员在“考核”里登记，培训基地不能登记。"),
    "exam_final": _("成绩已经在 {on} 提交，不能再改。需要更正的，请写明原因逐人更正。"),
    "exam_not_final": _("成绩还没有提交，请直接在成绩表里改。"),
    "exam_incomplete": _("还有 {count} 人没有成绩。每个人都要有成绩，没有来的填“缺考”。"),
    "exam_ahead": _("考核在 {on}，还没有到，不能登记成绩。"),
    "exam_has_marks": _("已经登记了成绩，不能取消这场考核。"),
    "exam_nobody": _("没有可以参加的学员：都已考过、已合格，或补考次数已用完。"),
    "exam_before_cohort": _("考核日期不能早于开班日期。"),
    "exam_weight": _("理论成绩占比应在 1 到 99 之间。"),
    "exam_examiner": _("请选择能管到本班、且不在本基地任教的考评员。"),
    "exam_other_examiner": _("这场考核指派了另一位考评员，由他登记成绩。"),
    "cohort_exams_open": _("还有 {count} 场考核没有提交成绩，不能结业。"),
    "trainer_of_other_base": _("这名教师不是本基地的教师。请先在“培训教师”里登记。"),
    "trainer_not_active": _("这名教师在 {on} 不在任教期内。请换教师，或修改任教日期。"),
    "trainer_teaches": _("这名教师在本班还有 {count} 节课，不能移出。请先给这些课次换教师。"),
    "trainer_known": _("本基地已有这个身份证号的教师。请修改原来的登记。"),
    "session_hours_invalid": _("每节课时应在 1 到 12 之间，1 课时为 45 分钟。"),
    "session_part_invalid": _("每天的节数应在 1 到 12 之间。"),
    "session_pattern_invalid": _("这样安排没有得到课次，或者超过 {limit} 节。请检查日期、星期和节数。"),
    "session_ahead": _("{on} 还没有到，不能提前登记考勤。"),
    "session_ahead_here": _("这一节还没有到，不能提前登记考勤。请留空。"),
    "not_in_cohort": _("有 {count} 处不属于这个培训班，或学员已退出。没有保存任何内容，请刷新页面后再试。"),
    "attendance_mark_unknown": _("考勤只能填：出勤、迟到、请假、缺勤；没有登记就留空。"),
    "score_invalid": _("成绩应是 0 到 100 的数，最多一位小数，例如 85 或 85.5。"),
    "assessment_date_invalid": _("考核日期应在 {starts_on} 到今天之间。"),
    # Sheets that come back
    "sheet_row_unknown": _("学员编号不在这个培训班的名单里。请用本页下载的表填写，不要改学员编号。"),
    "sheet_row_repeated": _("这名学员在表里出现了两次，只取了第一次。请核对。"),
    "sheet_session_unknown": _("表头“{header}”不是这个培训班的课次，这一列没有读取。"),
    "sheet_left": _("这名学员已中途退出，不再登记成绩。"),
    # Employment, follow-ups, services
    "spell_overlaps": _(
        "这段时间已登记另一份全日制工作。请先登记那份工作的离职日期；确实同时做两份工作的，请在个人的就业页登记。"
    ),
    "spell_start_missing": _("请填写就业日期：在这一行，或者在上面的共同情况里。"),
    "sheet_choice_unknown": _(
        "有一格不是可以选的值：就业形式、新就业形态类型、合同和就业途径要和登记页面上的写法一样。"
    ),
    "sheet_day_unreadable": _("就业日期看不懂。请按 2024-06-03 的样子填写。"),
    "spell_changed": _("这条就业记录刚刚被改动过，已经结束或撤销。请刷新页面后再办。"),
    "spell_end_before_start": _("离职日期要在就业日期之后。"),
    "spell_new_form": _("就业形式是新就业形态时，请选择类型；其他形式请不要选。"),
    "spell_employer_missing": _("这种就业形式请写明用人单位。"),
    "follow_up_done": _("这项回访已经登记，或者本人已撤回回访的同意。请回到回访名单。"),
    "follow_up_next_too_early": _("下次联系的日期要在这次联系之后。"),
    "not_a_counsellor": _("有 {count} 人不归这位辅导员所在的残联管理。请换一位辅导员。"),
    "audit.service_plan.opened": _("建立服务计划"),
    "audit.service_plan.reviewed": _("回顾服务计划"),
    "audit.service_plan.closed": _("服务计划结案"),
    "service_plan_open": _("这个人已有一份没有结案的服务计划。请先结案，再建新的。"),
    "service_plan_closed": _("这份服务计划已经结案，不能再改。请刷新页面。"),
    "referral_training_missing": _("请选择培训班或培训项目，或者写明推荐了什么培训。"),
    **ROSTER_WORDS,
    **SUBSIDY_WORDS,
    **FILING_WORDS,
}
