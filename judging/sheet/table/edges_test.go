package table

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/sheettest"
)

func TestOneColumnOfNameAndPhoneIsTheAuthorsWhereThereIsNoOther(t *testing.T) {
	r := readWorks(t, sheettest.Workbook(t, sheettest.Page{Rows: [][]any{
		{"作品名称", "类别", "姓名及联系电话", "单位", "邮箱"},
		{"法治春风", "书法", "赵一 13800000001", "示例一小", "zhao@example.com"},
		{"守法有我", "书法", "钱二（13800000002）", "示例一小", "qian.example.com"},
		{"宪法伴我", "书法", "1380000", "示例一小", nil},
	}}), mapping.Options{})
	want := []string{
		"2 标题=法治春风 类=书法 作者=赵一 单位=示例一小 电话=13800000001 邮箱=zhao@example.com",
		"3 标题=守法有我 类=书法 作者=钱二 单位=示例一小 电话=13800000002 邮箱=qian.example.com !E odd_email",
	}
	if got := briefs(r.rows); len(got) != 3 || !slices.Equal(got[:2], want) ||
		!strings.Contains(got[2], "!C odd_phone") {
		t.Errorf("%q", got)
	}
}

func TestNamesThatStandForMoreAreTold(t *testing.T) {
	r := readWorks(t, sheettest.Workbook(t, sheettest.Page{Rows: [][]any{
		{"作品名称", "类别", "作者", "单位", "报送单位"},
		{"法治春风", "书法", "赵一、钱二等", "示例一小", "示例县教育局"},
		{"守法有我", "书法", "集体", nil, "示例县教育局"},
		{"宪法伴我", "书法", "集体", nil, nil},
		{"学法用法", "书法", "示例县实验小学", "示例一小", nil},
	}}), mapping.Options{})
	want := []string{
		"2 标题=法治春风 类=书法 作者=赵一+钱二 单位=示例一小 报送=示例县教育局 author_others=等 !C names_others",
		"3 标题=守法有我 类=书法 单位=示例县教育局 报送=示例县教育局",
		"4 标题=宪法伴我 类=书法 !C no_author!",
		"5 标题=学法用法 类=书法 作者=示例县实验小学 单位=示例一小",
	}
	if got := briefs(r.rows); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestOddLoadsOfJudgesAreToldAndNotBelieved(t *testing.T) {
	rows, _, _ := readJudges(t, sheettest.Workbook(t, sheettest.Page{Rows: [][]any{
		{"姓名", "单位", "专长类别", "负荷上限"},
		{"赵一", "示例馆", "书法、、 类", "不限"},
		{"钱二", "示例馆", "书法", "99999999"},
		{"孙三", "示例馆", "书法", "99999999999999999999999"},
		{"李四", "示例馆", "书法", "1000000"},
	}}))
	for i, want := range []struct {
		load int
		told string
	}{{0, ""}, {0, "D odd_load"}, {0, "D odd_load"}, {1_000_000, ""}} {
		if r := rows[i]; r.Rejected() || r.Judge.MaxLoad != want.load ||
			strings.Join(codes(r.Problems), " ") != want.told || !slices.Equal(r.Judge.Categories, []string{"书法"}) {
			t.Errorf("row %d: %+v", i+2, r)
		}
	}
}

func TestASheetThatIsNotThereIsToldByItsName(t *testing.T) {
	path := sheettest.Workbook(t, sheettest.Page{Name: "评委", Rows: [][]any{{"姓名", "单位", "专" +
		"长类别"}, {"赵一", "示例馆", "书法"}, {"钱二", "示例馆", "绘画"}}})
	b, err := read.Open(path, "评委.xlsx", grid.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	none := mapping.Options{Sheet: "作品"}
	_, _, err1 := ReadJudges(context.Background(), b, contest, none, func(JudgeRow) error { return nil })
	_, err2 := Preview(b, contest, none, 1)
	for _, err := range []error{err1, err2} {
		var told *judging.Error
		if !errors.As(err, &told) || told.Text != "sheet.no_such_sheet" || told.Args["Sheet"] != "作品" ||
			told.Args["File"] != "评委.xlsx" {
			t.Errorf("%v", err)
		}
	}
}

func TestAUnitCalledAnExampleIsNoExampleRow(t *testing.T) {
	r := readWorks(t, sheettest.Workbook(t, sheettest.Page{Rows: [][]any{
		{"序号", "学校全称", "类别", "作品名称", "作者"},
		{"1", "松林镇中心小学（示例）", "书法", "法治春风", "赵一"},
		{"2", "松林镇中心小学", "书法", "守法有我（示例）", "钱二"},
		{"例：3", "松林镇中心小学", "书法", "宪法伴我", "孙三"},
	}}), mapping.Options{})
	got := briefs(r.rows)
	if len(got) != 1 || !strings.Contains(got[0], "标题=法治春风") {
		t.Errorf("%q", got)
	}
}
