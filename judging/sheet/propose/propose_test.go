package propose

import (
	"slices"
	"testing"
)

var groups = []Named{
	Name("小学组", []string{"小学", "小学生", "儿童组"}),
	Name("中学组", []string{"中学", "中学生", "初中组", "高中组"}),
	Name("成人组", []string{"成人", "教师组", "机关组", "社会"}),
}

func TestOnlyWholeWordsAreMentioned(t *testing.T) {
	for text, want := range map[string]string{
		"小学组作品汇总表": "小学组", "第一批小学生作品": "小学组", "中学生法治作品": "中学组", "教师组作品": "成人组", "社会组": "成人组",
		"全县中小学生法治作品汇总表": "", "大中小学生作品": "", "社会主义核心价值观作品汇总表": "", "中心小学组织报送作品": "", "小学组、中学组作品": "",
		"人力资源和社会保障局作品": "", "成人教育中心作品": "", "小学教师作品汇总表": "", "": "",
	} {
		text := text
		if got := Mentioned(text, groups); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	kinds := []Named{Name("书法", nil), Name("摄影", nil), Name("微视频", []string{"短视频"}), Name("视频", nil)}
	for text, want := range map[string]string{
		"书法作品汇总表": "书法", "县书法家协会作品": "", "摄影家协会报送摄影作品": "摄影", "微视频": "微视频", "书法、摄影": "",
	} {
		if got := Mentioned(text, kinds); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestGroupsFollowFromGradesAndSchools(t *testing.T) {
	apart := []Named{
		Name("小学组", []string{"小学"}), Name("初中组", []string{"初中"}), Name("高中组", []string{"高中", "中职"}),
		Name("成人组", []string{"教师组"}),
	}
	for text, want := range map[string][2]string{ // with 中学组; with 初中组 and 高中组
		"三年级":       {"小学组", "小学组"},
		"6年级2班":     {"小学组", "小学组"},
		"八年级":       {"中学组", "初中组"},
		"高二":        {"中学组", "高中组"},
		"示例县高级中学":   {"中学组", "高中组"},
		"示例县初级中学":   {"中学组", "初中组"},
		"示例县第一中学":   {"中学组", ""},
		"初高中":       {"中学组", ""},
		"示例县职业中学":   {"", "高中组"},
		"松林镇中心小学":   {"小学组", "小学组"},
		"九年一贯制学校":   {"", ""},
		"中小学生":      {"", ""},
		"示例县幼儿园":    {"", ""},
		"教师进修学校":    {"", ""},
		"县司法局":      {"", ""},
		"示例县小学教师":   {"", ""},
		"第一小学三（2）班": {"小学组", "小学组"},
	} {
		if got := [2]string{GroupOf(text, groups), GroupOf(text, apart)}; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]bool{
		"三年级": true, "高二": true, "初三": true, "大一": true, "高级中学": false, "初中": false, "高中": false, "大学": false,
		"":      false,
		"高中二年级": true,
	} {
		if Grade(text) != want {
			t.Errorf("%q: grade %v", text, !want)
		}
	}
}

func TestUnitsAreFoundInTitlesAndNames(t *testing.T) {
	for text, want := range map[string]string{
		"示例县第一小学2020年法治作品汇总表":         "示例县第一小学",
		"2020年示例县第一小学“宪法在我心中”书法作品汇总表": "示例县第一小学",
		"附件2：第一小学作品报送表":               "第一小学",
		"作品汇总表（城关中学）":                 "城关中学",
		"作品汇总表-松林镇中心小学（盖章）":           "松林镇中心小学",
		"松林镇":              "松林镇",
		"县人民法院报送作品":        "县人民法院",
		"示例县教育局报送作品汇总表":    "示例县教育局",
		"示例师范大学附属小学作品":     "示例师范大学附属小学",
		"示例县第一中学东校区作品":     "示例县第一中学东校区",
		"示例县职教中心作品汇总表":     "示例县职教中心",
		"全县中小学生法治作品汇总表":    "",
		"小学组作品汇总表":         "",
		"示例县小学组作品":         "",
		"全县各小学作品汇总":        "",
		"2020年法治文化作品征集汇总表": "",
		"第一小学、第二小学作品汇总表":   "",
		"Sheet1":     "",
		"来稿":         "",
		"书法":         "",
		"社会主义法治文化作品": "",
		"":           "",
	} {
		if got, _ := UnitIn(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"第一小学（盖章）": "第一小学", "第一小学": "第一小学", "谢谢第一小学的老师": "", "2020年11月5日": "", "合计": "",
	} {
		if got := StampedUnit(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestALedgerCountsAndObeys(t *testing.T) {
	said := []Said{{"小学组", FromTitle, "小学组汇总表", Taken}}
	school := []Said{{"中学组", FromSchool, "高级中学", Open}}
	l := Ledger{File: "a.xlsx", Sheet: "书法"}
	if l.Decide(Group, said) != "小学组" || l.Decide(Group, school) != "" || l.Decide(Group, nil) != "" {
		t.Fatalf("%+v", l.list)
	}
	want := []Proposal{
		{Group, "小学组", FromTitle, "小学组汇总表", 1, Taken, ""}, {Group, "中学组", FromSchool, "高级中学", 1, Open, ""},
	}
	if !slices.Equal(l.Proposals(), want) {
		t.Fatalf("%+v", l.Proposals())
	}
	for _, c := range []struct {
		choice Choice
		said   []Said
		want   string
		state  State
	}{
		{Choice{Field: Group, Value: "成人组"}, said, "成人组", Changed},
		{Choice{Field: Group, Value: "成人组"}, nil, "成人组", Taken},
		{Choice{Field: Group, Value: ""}, said, "", Declined},
		{Choice{Field: Group, Value: AsProposed}, school, "中学组", Taken},
		{Choice{Field: Group, From: FromSchool, Value: AsProposed}, said, "小学组", Taken},
		{Choice{Field: Group, Proposed: "中学组", Value: "成人组"}, school, "成人组", Changed},
		{Choice{Sheet: "绘画", Field: Group, Value: "成人组"}, said, "小学组", Taken},
		{Choice{Field: Unit, Value: "第一小学"}, said, "小学组", Taken},
	} {
		l := Ledger{File: "a.xlsx", Sheet: "书法", Choices: Choices{c.choice}}
		if got := l.Decide(Group, c.said); got != c.want || l.Proposals()[0].State != c.state {
			t.Errorf("%+v: %q %+v", c.choice, got, l.Proposals())
		}
	}
}

func TestALedgerIsBounded(t *testing.T) {
	l := Ledger{}
	for i := range 100_000 {
		l.Decide(Unit, []Said{{string(rune(0x4e00+i%20000)) + "小学", FromSheet, "x", Taken}})
	}
	rows := 0
	for _, p := range l.Proposals() {
		rows += p.Rows
	}
	if len(l.Proposals()) > mostKept+len(Fields) || rows != 100_000 || len(l.index) > 20_200 {
		t.Fatalf("%d proposals, %d rows, %d keys", len(l.Proposals()), rows, len(l.index))
	}
}
