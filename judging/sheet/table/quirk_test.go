package table

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/sheettest"
)

// brief writes a row in one line: what is empty is left out.
func brief(r WorkRow) string {
	w := r.Work
	s := fmt.Sprintf("%d", w.Source.Row)
	add := func(name, v string) {
		if v != "" {
			s += " " + name + "=" + v
		}
	}
	add("标题", w.Title)
	add("类", w.Category)
	add("组", w.Group)
	add("作者", strings.Join(w.Authors, "+"))
	add("单位", w.Unit)
	add("报送", w.Sender)
	add("指导", strings.Join(w.Teachers, "+"))
	add("联系", w.Contact)
	add("电话", w.Phone)
	add("邮箱", w.Email)
	add("证件", w.IDCard)
	add("编号", w.Number)
	add("简介", w.Intro)
	add("文件", w.FileName)
	for _, k := range slices.Sorted(maps.Keys(w.More)) {
		add(k, w.More[k])
	}
	for _, c := range codes(r.Problems) {
		s += " !" + strings.TrimSpace(c)
	}
	return s
}

func briefs(rows []WorkRow) []string {
	var out []string
	for _, r := range rows {
		out = append(out, brief(r))
	}
	return out
}

type quirk struct {
	name  string
	pages []sheettest.Page
	want  []string // rows
	tells []string // problems of sheets
}

func (q quirk) check(t *testing.T) {
	t.Helper()
	r := readWorks(t, sheettest.Workbook(t, q.pages...), mapping.Options{})
	if got := briefs(r.rows); !slices.Equal(got, q.want) {
		t.Errorf("rows\n got %s\nwant %s", strings.Join(got, "\n     "), strings.Join(q.want, "\n     "))
	}
	if got := codes(r.problems); !slices.Equal(got, q.tells) {
		t.Errorf("problems of sheets: got %q, want %q", got, q.tells)
	}
	if t.Failed() {
		t.Logf("mappings %+v", r.mappings)
	}
}

func TestQuirksOfHeaders(t *testing.T) {
	for _, q := range []quirk{
		{name: "a title merged above the header", pages: []sheettest.Page{{Rows: [][]any{
			{"第三届法治文化作品征集活动作品汇总表"},
			{"序号", "作品名称", "作者", "类别"},
			{1, "守法", "甲某", "书法"},
		}, Merge: []string{"A1:N1"}}}, want: []string{"3 标题=守法 类=书法 作者=甲某"}},

		{name: "a role and a name under one merged header, a work over several rows", pages: []sheettest.Page{{
			Rows: [][]any{
				{"某活动作品汇总表"},
				{"序号", "作品名称", "作品类别", "申报者姓名", nil, "学校", "组别"},
				{1, "法在身边", "绘画", "第一作者", "甲某", "某某小学", "小学组"},
				{nil, nil, nil, "合作者", "乙某"},
				{nil, nil, nil, "合作者", "丙某某"},
				{2, "家风", "书法", "第一作者", "丁某", "某某中学", "中学组"},
				{nil, nil, nil, "合作者", "戊某"},
				{3, "单人", "书法", "第一作者", "己某", "某某中学", "中学组"},
			},
			Merge: []string{
				"A1:G1", "D2:E2", "A3:A5", "B3:B5", "C3:C5", "F3:F5", "G3:G5", "A6:A7", "B6:B7", "C6:C7", "F6:F7",
				"G6:G7",
			},
		}},
			want: []string{
				"3 标题=法在身边 类=绘画 组=小学组 作者=甲某+乙某+丙某某 单位=某某小学", "6 标题=家风 类=书法 组=中学组 作者=丁某+戊某 单位=某某中学",
				"8 标题=单人 类=书法 组=中学组 作者=己某 单位=某某中学",
			}},

		{name: "blocks above: author and teacher both with name and phone", pages: []sheettest.Page{{Rows: [][]any{
			{"序号", "作品信息", nil, "作者信息", nil, nil, "指导老师", nil, nil},
			{nil, "名称", "类别", "姓名", "联系电话", "单位", "姓名", "联系电话", "所属部门"},
			{1, "守法", "书法", "甲某", "13800138000", "某某中学", "乙某", "13900139000", "语文组"},
		}, Merge: []string{"A1:A2", "B1:C1", "D1:F1", "G1:I1"}}},
			want: []string{
				"3 标题=守法 类=书法 作者=甲某 单位=某某中学 指导=乙某 电话=13800138000 teacher_phone=13900139000 teacher_unit=语文组",
			}},

		{name: "blocks above that are not merged", pages: []sheettest.Page{{Rows: [][]any{
			{"", "", "", "作者", "", "指导教师", ""},
			{"序号", "作品名称", "作品类别", "姓名", "电话", "姓名", "电话"},
			{1, "守法", "书法", "甲某", "13800138000", "乙某", "13900139000"},
		}}}, want: []string{"3 标题=守法 类=书法 作者=甲某 指导=乙某 电话=13800138000 teacher_phone=13900139000"}},

		{name: "three rows of header with scores of a former year", pages: []sheettest.Page{{Rows: [][]any{
			{"序号", "作品名称", "作者", "类别", "第一次评审成绩", nil, nil, nil},
			{nil, nil, nil, nil, "专家一", nil, "专家二", nil},
			{nil, nil, nil, nil, "原始分", "标准分", "原始分", "标准分"},
			{1, "守法", "甲某", "书法", "281.77", 62.61, 70, 15.510000000000005},
		}, Merge: []string{"A1:A3", "B1:B3", "C1:C3", "D1:D3", "E1:H1", "E2:F2", "G2:H2"}}},
			want: []string{
				"4 标题=守法 类=书法 作者=甲某 score=281.77 第一次评审成绩/专家一/标准分=62.61 第一次评审成绩/专家二/原始分=70 第一次评审成绩/专家二/标准分=15.51",
			}},

		{name: "authors in columns that count", pages: []sheettest.Page{{Rows: [][]any{
			{"作品名称", "作者1", "作者2", "第三作者", "类别", "指导老师（一）", "指导老师（二）"},
			{"守法", "甲某", "乙某", "丙某", "书法", "丁某", "无"},
		}}}, want: []string{"2 标题=守法 类=书法 作者=甲某+乙某+丙某 指导=丁某"}},

		{name: "both spellings of the teacher, phones by neighbour", pages: []sheettest.Page{{Rows: [][]any{
			{"参赛作品名称", "学生姓名", "联系方式", "指导教师", "联系方式", "参赛类别"},
			{"守法", "甲某", "13800138000", "乙某", "13900139000", "书法"},
		}}}, want: []string{"2 标题=守法 类=书法 作者=甲某 指导=乙某 电话=13800138000 teacher_phone=13900139000"}},

		{name: "requirements in brackets, line ends and colons in headers", pages: []sheettest.Page{{Rows: [][]any{
			{"*序 号", "作品\n名称：", "作者姓名（必填）", "作品类别(书法/绘画)", "联系电话（指导老师）", "Phone No."},
			{1, "守法", "甲某", "书法", "13900139000", "13800138000"},
		}}}, want: []string{"2 标题=守法 类=书法 作者=甲某 电话=13800138000 teacher_phone=13900139000"}},

		{name: "categories as columns with a tick", pages: []sheettest.Page{{Rows: [][]any{
			{"作品名称", nil, "作者", "作品类别", nil, nil},
			{nil, nil, nil, "书法", "绘画", "摄影"},
			{"守法", nil, "甲某", nil, "√", nil},
			{"普法", nil, "乙某", "√", nil, nil},
			{"学法", nil, "丙某", nil, nil, nil},
		}, Merge: []string{"A1:B2", "C1:C2", "D1:F1", "A3:B3", "A4:B4", "A5:B5"}}},
			want: []string{"3 标题=守法 类=绘画 作者=甲某", "4 标题=普法 类=书法 作者=乙某", "5 标题=学法 作者=丙某 !D no_category!"}},

		{
			name: "category and group in one cell",
			pages: []sheettest.Page{{Rows: [][]any{{"作" +
				"品名称", "作者", "参赛组别"}, {"守法", "甲某", "小学书法组"}, {"普法", "乙某", "中学绘画组"}}},
				{Name: "二", Rows: [][]any{{"作品名称", "作者", "参赛类别"}, {"学法", "甲某", "小学组书法"}}}},
			want: []string{"2 标题=守法 类=书法 组=小学组 作者=甲某", "3 标题=普法 类=绘画 组=中学组 作者=乙某", "2 标题=学法 类=书法 组=小学组 作者=甲某"},
		},

		{name: "traditional characters", pages: []sheettest.Page{{Rows: [][]any{
			{"編號", "作品名稱", "作者姓名", "作品類別", "學校名稱", "聯繫電話", "指導老師"},
			{"A-1", "守法", "甲某", "書法", "某某中學", "13800138000", "乙某"},
		}}}, want: []string{"2 标题=守法 作者=甲某 单位=某某中學 指导=乙某 电话=13800138000 编号=A-1 !D unknown_category!"}},

		{name: "English", pages: []sheettest.Page{{Rows: [][]any{
			{"No.", "Title of Work", "Author(s)", "Category", "School", "Tel", "E-mail"},
			{1, "Rule of Law", "Ann Lee", "摄影", "Some School", "13800138000", "a@example.org"},
		}}}, want: []string{"2 标题=Rule of Law 类=摄影 作者=Ann Lee 单位=Some School 电话=13800138000 邮箱=a@example.org"}},

		{
			name: "a questionnaire's export",
			pages: []sheettest.Page{{Rows: [][]any{
				{
					"序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、您的姓名", "2、您所在的学校：", "3、作品名称（不超过20字）", "4、请选择作品类别",
					"5、您的手机号码*",
				},
				{1, "2026/09/03 12:00:00", "102秒", "微信", "N/A", "10.0.0.1", "甲某", "某某中学", "守法", "书法", "13800138000"},
				{2, "2026/09/03 12:05:00", "88秒", "微信", "N/A", "10.0.0.2", "乙某", "某某中学", "两样", "书法┋绘画", "13800138001"},
			}}},
			want: []string{
				"2 标题=守法 类=书法 作者=甲某 单位=某某中学 电话=13800138000",
				"3 标题=两样 作者=乙某 单位=某某中学 电话=13800138001 !J unknown_category!",
			},
		},

		{name: "a collecting form's export", pages: []sheettest.Page{{Rows: [][]any{
			{"提交者（自动）", "提交时间（自动）", "作者姓名（必填）", "作品名称（必填）", "作品类别（必填）", "指导老师", "备注"},
			{"微信用户", "2026年9月3日 12:00", "甲某", "守法", "摄影", "-", "-"},
		}}}, want: []string{"2 标题=守法 类=摄影 作者=甲某"}},

		{name: "name and phone in one cell", pages: []sheettest.Page{{Rows: [][]any{
			{"作品名称", "作者", "类别", "家长姓名及联系电话"},
			{"守法", "甲某", "书法", "乙某某 138-0013-8000"},
		}}}, want: []string{"2 标题=守法 类=书法 作者=甲某 联系=乙某某 电话=13800138000"}},
	} {
		t.Run(q.name, func(t *testing.T) { q.check(t) })
	}
}

func TestQuirksOfRows(t *testing.T) {
	for _, q := range []quirk{
		{name: "what is no work is no row", pages: []sheettest.Page{{Rows: [][]any{
			{"附件2"},
			{"法治文化作品汇总表"},
			{"报送单位：（盖章）某某镇司法所      填表人：甲某某     填表日期：2020年5月12日"},
			{"序号", "作品名称", "作者", "类别", "备注"},
			{"例", "示例作品", "张某", "书法", "请按此填写"},
			{1, "守法", "甲某", "书法"},
			{},
			{"序号", "作品名称", "作者", "类别", "备注"},
			{2, "普法", "乙某", "绘画"},
			{3}, {4}, {"5", nil, nil, "书法"},
			{"合计", "2件"},
			{"共计：2 件"},
			{"填表人：甲某某", nil, "审核人：乙某某"},
			{nil, "单位负责人（签字）：", nil, "联系电话：", "13800138000"},
			{nil, nil, "（盖章）"},
			{nil, nil, "2020年5月12日"},
			{nil, nil, nil, "   年  月  日"},
			{"说明：1.每类不超过十件。"},
			{"2.电子表一并报送。"},
			{"注", "作者不超过两人"},
		}, Merge: []string{"A2:E2", "A3:E3", "A20:E20", "A21:E21"}}},
			want: []string{"6 标题=守法 类=书法 作者=甲某 单位=某某镇司法所 报送=某某镇司法所", "9 标题=普法 类=绘画 作者=乙某 单位=某某镇司法所 报送=某某镇司法所"}},

		{name: "sections within a table say the category and the group", pages: []sheettest.Page{{Rows: [][]any{
			{"作品汇总表"},
			{"序号", "作品名称", "作者", "单位"},
			{"一、书法类"},
			{1, "守法", "甲某", "某某局"},
			{"二、微视频类（成人组，共1件）"},
			{1, "普法", "乙某", "某某局"},
		}, Merge: []string{"A1:D1", "A3:D3", "A5:D5"}}},
			want: []string{"4 标题=守法 类=书法 作者=甲某 单位=某某局", "6 标题=普法 类=微视频 组=成人组 作者=乙某 单位=某某局"}},

		{name: "sections within sections", pages: []sheettest.Page{{Rows: [][]any{
			{"作品名称", "作者", "单位"},
			{"一、书法"}, {"（一）小学组"}, {"甲作", "甲某", "某某局"}, {"（二）中学组"}, {"乙作", "乙某", "某某局"},
			{"二、绘画"}, {"丙作", "丙某", "某某局"},
		}, Merge: []string{"A2:C2", "A3:C3", "A5:C5", "A7:C7"}}, {Name: "第二张", Rows: [][]any{
			{"作品名称", "作者", "单位"},
			{"小学组"}, {"书法"}, {"甲作二", "甲某", "某某局"}, {"绘画"}, {"乙作二", "乙某", "某某局"},
			{"中学组"}, {"书法"}, {"丙作二", "丙某", "某某局"},
		}, Merge: []string{"A2:C2", "A3:C3", "A5:C5", "A7:C7", "A8:C8"}}},
			want: []string{
				"4 标题=甲作 类=书法 组=小学组 作者=甲某 单位=某某局", "6 标题=乙作 类=书法 组=中学组 作者=乙某 单位=某某局", "8 标题=丙作 类=绘画 作者=丙某 单位=某某局",
				"4 标题=甲作二 类=书法 组=小学组 作者=甲某 单位=某某局",
				"6 标题=乙作二 类=绘画 组=小学组 作者=乙某 单位=某某局",
				"9 标题=丙作二 类=书法 组=中学组 作者=丙某 单位=某某局",
			}},

		{name: "tables of several units one below the other", pages: []sheettest.Page{{Rows: [][]any{
			{"填报单位：甲小学"},
			{"序号", "作品名称", "作者", "类别"},
			{1, "守法", "甲某", "书法"},
			{"填报单位：", "乙小学"},
			{"序号", "作品名称", "作者", "类别"},
			{1, "普法", "乙某", "绘画"},
		}}}, want: []string{"3 标题=守法 类=书法 作者=甲某 单位=甲小学 报送=甲小学", "6 标题=普法 类=绘画 作者=乙某 单位=乙小学 报送=乙小学"}},

		{
			name: "a unit merged over its works",
			pages: []sheettest.Page{{Rows: [][]any{
				{"序号", "学校", "作品名称", "作者", "类别"},
				{1, "甲小学", "守法", "甲某", "书法"},
				{2, nil, "普法", "乙某", "绘画"},
				{3, "乙小学", "学法", "丙某", "书法"},
			}, Merge: []string{"B2:B3"}}},
			want: []string{"2 标题=守法 类=书法 作者=甲某 单位=甲小学", "3 标题=普法 类=绘画 作者=乙某 单位=甲小学", "4 标题=学法 类=书法 作者=丙某 单位=乙小学"},
		},

		{name: "more authors in the rows below, not merged", pages: []sheettest.Page{{Rows: [][]any{
			{"序号", "作品名称", "作者", "类别"},
			{1, "守法", "甲某", "书法"},
			{nil, nil, "乙某"},
			{2, "普法", "丙某", "绘画"},
		}}}, want: []string{"2 标题=守法 类=书法 作者=甲某+乙某", "4 标题=普法 类=绘画 作者=丙某"}},

		{
			name: "titles that look like notes",
			pages: []sheettest.Page{{Name: "漫画", Rows: [][]any{
				{"作品名称", "作者"},
				{"一枚公章", "甲某"}, {"★守法之星★", "乙某"}, {"说明", "丙某"}, {"合同上的签字", "丁某"}, {"注意！", "戊某"}, {"联系人", "己某"},
				{"注：作者限一人"},
			}}},
			want: []string{
				"2 标题=一枚公章 类=漫画 作者=甲某", "3 标题=★守法之星★ 类=漫画 作者=乙某", "4 标题=说明 类=漫画 作者=丙某", "5 标题=合同上的签字 类=漫画 作者=丁某",
				"6 标题=注意！ 类=漫画 作者=戊某",
				"7 标题=联系人 类=漫画 作者=己某",
			},
		},
		{
			name: "what is missing rejects the row",
			pages: []sheettest.Page{{Rows: [][]any{
				{"序号", "作品名称", "作者", "类别", "单位"},
				{1, nil, "甲某", "书法", "某某局"},
				{2, "无作者", "/", "书法", "某某局"},
				{3, "无类别", "丙某", nil, "某某局"},
				{4, "怪类别", "丁某", "雕塑", "某某局"},
				{5, "集体的", "集体创作", "书法", "某某局"},
			}}},
			want: []string{
				"2 类=书法 作者=甲某 单位=某某局 !B no_title!", "3 标题=无作者 类=书法 单位=某某局 !C no_author!",
				"4 标题=无类别 作者=丙某 单位=某某局 !D no_category!",
				"5 标题=怪类别 作者=丁某 单位=某某局 !D unknown_category!",
				"6 标题=集体的 类=书法 单位=某某局",
			},
		},

		{
			name: "a number prepared amid works is told, after them dropped",
			pages: []sheettest.Page{{Rows: [][]any{
				{"序号", "作品名称", "作者", "类别", "单位"},
				{1, "守法", "甲某", "书法", "某某局"},
				{2, nil, nil, "书法", "某某局"},
				{3, "普法", "乙某", "书法", "某某局"},
				{4, nil, nil, "书法", "某某局"},
			}}},
			want: []string{
				"2 标题=守法 类=书法 作者=甲某 单位=某某局", "3 类=书法 单位=某某局 !B no_title! !C no_author!", "4 标题=普法 类=书法 作者=乙某 单位=某某局",
			},
		},
	} {
		t.Run(q.name, func(t *testing.T) { q.check(t) })
	}
}

func TestQuirksOfSheets(t *testing.T) {
	for _, q := range []quirk{
		{name: "a sheet for each category, a list of presence, a hidden sheet", pages: []sheettest.Page{
			{Name: "书法类", Rows: [][]any{{"作品名称", "作者"}, {"守法", "甲某"}}},
			{Name: "签到表", Rows: [][]any{{"序号", "姓名", "单位", "签到"}, {"A1", "甲某", "某某局"}}},
			{Name: "Sheet3"},
			{
				Name: "绘画",
				Rows: [][]any{{"作品名称", "作者"}, {"普法", "乙某"}},
				Edit: func(f *excelize.File, s string) { _ = f.SetSheetVisible(s, false) },
			},
		}, want: []string{"2 标题=守法 类=书法 作者=甲某", "2 标题=普法 类=绘画 作者=乙某"}, tells: []string{" hidden_sheet", " skipped"}},

		{name: "category and group in the title", pages: []sheettest.Page{{Rows: [][]any{
			{"法治文化作品征集（小学组书法类）报名表"}, {"序号", "作品题目", "学生姓名", "备注"}, {1, "守法", "甲某", "-"},
		}, Merge: []string{"A1:D1"}}}, want: []string{"3 标题=守法 类=书法 组=小学组 作者=甲某"}},

		{name: "a title of several categories says none", pages: []sheettest.Page{{Rows: [][]any{
			{"书法、绘画、微视频作品征集表"}, {"作品名称", "作者"}, {"守法", "甲某"},
		}, Merge: []string{"A1:D1"}}}, want: []string{"3 标题=守法 作者=甲某 !no_category!"}},

		{
			name:  "no header",
			pages: []sheettest.Page{{Rows: [][]any{{1, "守法", "甲某"}, {2, "普法", "乙某"}}}},
			tells: []string{" no_header!"},
		},
		{
			name:  "no title",
			pages: []sheettest.Page{{Rows: [][]any{{"序号", "姓名", "单位", "电话"}, {1, "甲某", "某某局", "13800138000"}}}},
			tells: []string{" missing_column!"},
		},
		{
			name:  "two columns for the title",
			pages: []sheettest.Page{{Rows: [][]any{{"作品名称", "作品标题", "作者"}, {"守法", "普法", "甲某"}}}},
			tells: []string{"B two_columns!"},
		},
		{
			name: "two columns for the phone",
			pages: []sheettest.Page{{
				Rows: [][]any{{"作品名称", "作者", "类别", "手机号码", "移动电话"}, {"守法", "甲某", "书法", "13800138000", "13900139000"}},
			}},
			want:  []string{"2 标题=守法 类=书法 作者=甲某 电话=13800138000 移动电话=13900139000"},
			tells: []string{"D two_columns_kept"},
		},
		{
			name: "two columns for a number of students",
			pages: []sheettest.Page{{Rows: [][]any{{"作" +
				"品名称", "作者", "类别", "学号", "Student ID"}, {"守法", "甲某", "书法", "1", "2"}}}},
			want:  []string{"2 标题=守法 类=书法 作者=甲某 Student ID=2 student_no=1"},
			tells: []string{"D two_columns_kept"},
		},
		{
			name:  "a form nobody filled in",
			pages: []sheettest.Page{{Rows: [][]any{{"序号", "作品名称", "作者", "类别"}, {1}, {2}, {"合计"}}}},
			tells: []string{" no_rows"},
		},
		{
			name:  "two columns, one of them empty",
			pages: []sheettest.Page{{Rows: [][]any{{"作品名称", "作品标题", "作者", "类别"}, {"守法", nil, "甲某", "书法"}}}},
			want:  []string{"2 标题=守法 类=书法 作者=甲某"},
		},
		{
			name:  "a sure word stands above a loose one",
			pages: []sheettest.Page{{Rows: [][]any{{"姓名", "作者姓名", "作品名称", "类别"}, {"乙某", "甲某", "守法", "书法"}}}},
			want:  []string{"2 标题=守法 类=书法 作者=甲某 姓名=乙某"},
			tells: []string{"B two_columns_kept"},
		},
		{
			name: "authors under an unknown word are asked for",
			pages: []sheettest.Page{{
				Rows: [][]any{{"作品名称", "类别", "单位", "供稿"}, {"守法", "书法", "某某局", "甲某"}, {"普法", "书法", "某某局", "乙某"}},
			}},
			tells: []string{"D author_maybe!"},
		},
		{
			name:  "works of units",
			pages: []sheettest.Page{{Rows: [][]any{{"片名", "类别", "时长", "制片单位"}, {"守法", "微视频", "3分钟", "某某局"}}}},
			want:  []string{"2 标题=守法 类=微视频 单位=某某局 报送=某某局 duration=3分钟 !no_group"},
			tells: []string{" unit_works"},
		},
		{
			name: "a column without a header is known by its contents",
			pages: []sheettest.Page{{
				Rows: [][]any{
					{"作品名称", "作者", "类别", nil}, {"一", "甲某", "书法", "13800138000"}, {"二", "乙某", "书法", "13800138001"},
					{"三", "丙某", "书法", "13800138002"},
				},
			}},
			want: []string{
				"2 标题=一 类=书法 作者=甲某 电话=13800138000", "3 标题=二 类=书法 作者=乙某 电话=13800138001",
				"4 标题=三 类=书法 作者=丙某 电话=13800138002",
			},
			tells: []string{"D by_contents"},
		},
		{
			name:  "a group column that holds categories",
			pages: []sheettest.Page{{Rows: [][]any{{"作品名称", "作者", "组别"}, {"一", "甲某", "书法组"}, {"二", "乙某", "绘画组"}}}},
			want:  []string{"2 标题=一 类=书法 作者=甲某", "3 标题=二 类=绘画 作者=乙某"},
			tells: []string{"C by_contents"},
		},
	} {
		t.Run(q.name, func(t *testing.T) { q.check(t) })
	}
}
