"""The columns of a roster (花名册): what bases call them, which must be there, what a blank form offers.

No original form was at hand; the labels come from the federations' real-name system and from practice
(docs/domain.md §5.1, §5.2). Bank accounts are wanted only for the living subsidy and are deliberately no
column of the roster.
"""

from courses.rules.columns import Column
from courses.rules.roster_choices import (
    EDUCATION,
    EMPLOYMENT,
    ETHNIC_GROUPS,
    HARDSHIP,
    PERSON_KINDS,
    RESIDENCE,
    YES_NO,
)

NAME = Column(
    "name",
    "姓名",
    ("学员姓名", "学员", "参训人员姓名", "残疾人姓名", "人员姓名", "培训学员", "受训人员", "名字"),
    required=True,
    is_identity=True,
)
CITIZEN_ID = Column(
    "citizen_id",
    "身份证号",
    (
        "身份证号码",
        "公民身份号码",
        "公民身份证号",
        "公民身份证号码",
        "居民身份证号",
        "居民身份证号码",
        "身份证",
        "身份证件号码",
        "身份证件号",
        "身份号码",
        "证件号码",
        "证件号",
        "学员身份证号",
        "学员身份证号码",
        "二代身份证号",
        "二代身份证号码",
    ),
    required=True,
    is_identity=True,
    width=22,
)
DISABILITY_NUMBER = Column(
    "disability_number",
    "残疾人证号",
    (
        "残疾证号",
        "残疾证号码",
        "残疾人证号码",
        "残疾人证",
        "残疾证",
        "残疾证编号",
        "残疾人证编号",
        "二代残疾人证号",
        "持证号码",
    ),
    is_identity=True,
    width=26,
)
SEX = Column("sex", "性别", choices=("男", "女"), width=6)
ETHNICITY = Column("ethnicity", "民族", choices=ETHNIC_GROUPS, width=10)
EDUCATION_LEVEL = Column(
    "education",
    "文化程度",
    ("学历", "受教育程度", "教育程度", "最高学历"),
    choices=tuple(EDUCATION),
    width=12,
)
RESIDENCE_KIND = Column(
    "residence",
    "户口性质",
    ("户籍性质", "户口类型", "户口类别", "户籍类型", "户籍类别", "户口", "城乡", "户口所属"),
    choices=tuple(RESIDENCE),
    width=10,
)
ADDRESS = Column(
    "address",
    "户籍地址",
    (
        "户籍所在地",
        "户口所在地",
        "户籍地",
        "家庭住址",
        "家庭地址",
        "住址",
        "地址",
        "现住址",
        "现居住地",
        "居住地址",
        "联系地址",
        "详细地址",
        "户籍所在乡镇",
        "户籍所在县",
        "所属乡镇",
        "乡镇",
        "乡镇街道",
    ),
    width=30,
)
PHONE = Column(
    "phone",
    "联系电话",
    (
        "手机",
        "手机号",
        "手机号码",
        "电话",
        "电话号码",
        "联系方式",
        "联系手机",
        "本人电话",
        "本人手机",
        "学员电话",
        "移动电话",
        "联系电话手机",
        "本人联系电话",
        "本人联系方式",
    ),
    width=16,
)
GUARDIAN_NAME = Column(
    "guardian_name",
    "监护人或紧急联系人",
    (
        "监护人",
        "监护人姓名",
        "联系人",
        "联系人姓名",
        "紧急联系人",
        "紧急联系人姓名",
        "监护人联系人",
        "家属姓名",
        "监护人或联系人",
    ),
    is_identity=True,
    width=20,
)
GUARDIAN_PHONE = Column(
    "guardian_phone",
    "监护人或紧急联系人电话",
    (
        "监护人电话",
        "监护人手机",
        "监护人手机号",
        "监护人联系电话",
        "监护人联系方式",
        "紧急联系人电话",
        "紧急联系人联系电话",
        "紧急联系人联系方式",
        "紧急联系电话",
        "紧急电话",
        "联系人电话",
        "联系人联系电话",
        "家属电话",
    ),
    width=24,
)
EMPLOYMENT_STATUS = Column(
    "employment",
    "就业状况",
    ("就业状态", "就业情况", "是否就业", "目前就业状况"),
    choices=tuple(EMPLOYMENT),
    width=10,
)
TRAINING_NEED = Column(
    "training_need",
    "就业培训需求",
    ("培训需求", "就业需求", "培训意愿", "就业及培训需求", "有无培训需求", "是否有培训需求"),
    choices=YES_NO,
    width=16,
)
PERSON_KIND = Column(
    "person_kind",
    "学员类别",
    ("学员类型", "参训人员类别", "参训对象", "学员身份", "身份类别"),
    choices=tuple(PERSON_KINDS),
    width=18,
)
HARDSHIP_CLASS = Column(
    "hardship",
    "人员类别",
    ("人员类型", "困难类别", "困难类型", "特殊群体类别"),
    choices=tuple(HARDSHIP),
    width=16,
)
ACCESS_NEEDS = Column(
    "access_needs",
    "辅具及无障碍需求",
    ("无障碍需求", "辅具需求", "辅助器具需求", "辅具", "特殊需求", "便利需求", "无障碍及辅具需求"),
    width=22,
)
REMARKS = Column("remarks", "备注", ("说明", "备注说明", "其他"), width=20)

# Known, and left alone: what the numbers already say, what belongs to other pages, what is only for paper.
LEFT_ALONE = (
    Column("serial", "序号", ("编号", "NO", "学号", "序"), is_read=False),
    Column("error_note", "错误说明", is_read=False),
    Column("birth_date", "出生年月", ("出生日期", "出生年月日", "生日"), is_read=False),
    Column("age", "年龄", ("周岁",), is_read=False),
    Column("signature", "签字", ("签名", "本人签字", "学员签字", "签到"), is_read=False),
    Column("course", "培训项目", ("培训工种", "培训专业", "培训内容", "培训课程", "工种"), is_read=False),
    Column("dates", "培训时间", ("起止日期", "培训起止日期", "培训日期"), is_read=False),
    Column("hours", "学时", ("课时", "培训学时", "培训课时"), is_read=False),
)

# Derived from the certificate number; read only to be compared with it.
DISABILITY_CATEGORY = Column("disability_category", "残疾类别", ("残疾类型", "残疾种类"), width=10)
DISABILITY_GRADE = Column("disability_grade", "残疾等级", ("残疾级别", "残疾程度"), width=10)

ROSTER_COLUMNS = (
    NAME,
    SEX,
    ETHNICITY,
    CITIZEN_ID,
    DISABILITY_NUMBER,
    DISABILITY_CATEGORY,
    DISABILITY_GRADE,
    EDUCATION_LEVEL,
    RESIDENCE_KIND,
    ADDRESS,
    PHONE,
    GUARDIAN_NAME,
    GUARDIAN_PHONE,
    EMPLOYMENT_STATUS,
    TRAINING_NEED,
    PERSON_KIND,
    HARDSHIP_CLASS,
    ACCESS_NEEDS,
    REMARKS,
    *LEFT_ALONE,
)

ROSTER_INSTRUCTIONS = (
    "一、带 * 的列必填。其余各列可以留空，也可以删去整列。",
    "二、身份证号、残疾人证号列须为文本格式（本表已设好）；若显示为 6.2E+17，末尾几位已丢失，请重填。",
    "三、残疾人证号为 20 位；补发的在后面加 B1、B2。前 18 位应与身份证号一致。",
    "四、残疾人家庭成员、工伤伤残职工没有残疾人证的，请在“学员类别”列注明。",
    "五、家庭成员如填写了亲属的残疾人证号，系统会按亲属的证件登记，不会当作本人的证件。",
    "六、一人一行，同一人不要重复。表头上方可以有标题，表下方可以有合计和签字，导入时会自动略过。",
    "七、姓名按身份证上的写法填写，少数民族姓名的间隔号、生僻字都可以保留。",
    "八、请不要填写银行账号。",
)
