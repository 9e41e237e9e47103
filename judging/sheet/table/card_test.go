package table

import (
	"slices"
	"testing"

	"fayi/judging/sheet/field"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/sheettest"
)

func TestFormsForOneWorkAreRead(t *testing.T) {
	for _, q := range []quirk{
		{name: "labels beside values, people in blocks", pages: []sheettest.Page{{Name: "登记表", Rows: [][]any{
			{"法治文化作品征集参赛作品登记表"},
			{"报送单位（盖章）：某某小学"},
			{"作品名称", "守法", nil, "作品编号", "A-1"},
			{"作品类别", "□书法 ☑绘画 □摄影", nil, "组别", "小学组"},
			{"作者信息", "姓 名", "甲某", "性别", "女"},
			{nil, "联系电话", 13800138000, "年级", "三年级"},
			{"指导老师", "姓名", "乙某", "职务", "教师"},
			{nil, "联系电话", "13900139000", "电子邮箱", "a@example.org"},
			{"创作说明", "写身边的守法小事。"},
			{"填表人：丙某", nil, nil, "2020年5月12日"},
		}, Merge: []string{"A1:E1", "A2:E2", "B3:C3", "B4:C4", "A5:A6", "A7:A8", "B9:E9"}}},
			want: []string{
				"3 标题=守法 类=绘画 组=小学组 作者=甲某 单位=某某小学 报送=某某小学 指导=乙某 电话=13800138000 编号=A-1 简介=写身边的守法小事。 gender=女 " +
					"grade=三年级 teacher_email=a@example.org teacher_phone=13900139000 teacher_post=教师",
			}},
		{name: "several on a sheet, labels and values in one cell", pages: []sheettest.Page{{Name: "书法", Rows: [][]any{
			{"作品名称：守法", "作者：甲某"}, {"指导教师：乙某"}, {"作品简介：一"},
			{},
			{"作品名称：普法", "作者：丙某、丁某"}, {"指导教师：____"}, {"作品简介："},
		}}}, want: []string{"1 标题=守法 类=书法 作者=甲某 指导=乙某 简介=一", "5 标题=普法 类=书法 作者=丙某+丁某"}},
		{name: "a form without its title filled in", pages: []sheettest.Page{{Name: "漫画", Rows: [][]any{
			{"作品名称", nil, "作者姓名", "甲某"}, {"组别", "成人组", "作品简介", "一"},
		}}}, want: []string{"1 类=漫画 组=成人组 作者=甲某 简介=一 !B no_title!"}},
		{name: "a table below boxes with labels stays a table", pages: []sheettest.Page{{Rows: [][]any{
			{"填报单位", "某某局", "联系人", "甲某", "联系电话", "13800138000"},
			{"序号", "作品名称", "供稿", "作者", "作品类别", "说明"},
			{1, "守法", "x", "乙某", "书法", "y"},
		}}}, want: []string{"3 标题=守法 类=书法 作者=乙某 单位=某某局 报送=某某局 简介=y 供稿=x"}},
	} {
		t.Run(q.name, func(t *testing.T) { q.check(t) })
	}
	r := readWorks(t, sheettest.Workbook(t, sheettest.Page{
		Name: "书法",
		Rows: [][]any{{"作品名称", "守法"}, {"作者", "甲某"}, {"作品简介", "一"}},
	}), mapping.Options{})
	if m := r.mappings[0]; !m.Card || len(m.HeaderRows) != 0 || len(m.Columns) != 3 ||
		m.Columns[1].Field != field.Author || m.Columns[1].Letter != "B" || m.Signature == "" {
		t.Errorf("%+v", m)
	}
	var letters []string
	for _, c := range r.mappings[0].Columns {
		letters = append(letters, c.Header)
	}
	if !slices.Equal(letters, []string{"作品名称", "作者", "作品简介"}) {
		t.Errorf("%q", letters)
	}
}
