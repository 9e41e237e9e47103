package sample

import (
	"fmt"

	"fayi/judging/sheet/paper"
)

// educationBook: title, notes and a line for the sender above the header, the unit written once over merged rows, a
// signature below.
func (c *contest) educationBook() paper.Grid {
	d := c.dice("education", 0)
	rows := [][]any{
		{c.words.County + "2025年法治文化作品征集汇总表（教育系统）"},
		{"说明：1.各校按类别填写，一件作品一行；2.指导教师最多两名；3.电话仅供组委会联系使用。"},
		{"填报单位：示例县教育局（示例）　　　　填报日期：2025年3月12日"},
		{"序号", "作品编号", "学校全称", "组 别", "作品类别", "作品名称", "作者姓名", "指导教师", "联系电话", "备注"},
	}
	merges := []string{"A1:J1", "A2:J2", "A3:J3"}
	first := len(rows) + 1
	list := c.books["education"]
	for i, w := range list {
		unit := any(nil)
		if i == 0 || list[i-1].unit != w.unit {
			unit, first = w.unit, len(rows)+1
		}
		rows = append(
			rows,
			[]any{
				i + 1,
				w.number,
				unit,
				c.group(d, w),
				c.kind(d, w),
				w.title,
				names(w.authors),
				names(w.teachers),
				w.phone,
			},
		)
		if (i+1 == len(list) || list[i+1].unit != w.unit) && len(rows) > first {
			merges = append(merges, across(3, first, 3, len(rows)))
		}
	}
	rows = append(rows, []any{}, []any{nil, "合计", fmt.Sprintf("%d件", len(list))},
		[]any{"填表人：　　　　　审核人：　　　　　单位（盖章）：　　　　　　年　月　日"})
	merges = append(merges, across(1, len(rows), 10, len(rows)))
	return paper.Grid{
		Name:   "Sheet1",
		Rows:   rows,
		Merges: merges,
		Widths: []float64{6, 10, 26, 12, 12, 26, 14, 16, 14, 8},
	}
}

// schoolBook: a sheet for each category, which therefore has no column, and a sheet of instructions.
func (c *contest) schoolBook() []paper.Grid {
	d := c.dice("school", 0)
	out := []paper.Grid{{Name: "填表说明", Rows: [][]any{
		{"填表说明"}, {"一、请在对应类别的工作表中填写，不要改动表头。"}, {"二、作品文件以“作品题目-姓名”命名，放入同名文件夹。"}, {"三、联系人：教务处（示例）"},
	}}}
	for _, s := range sizes {
		rows := [][]any{
			{"示例县第三中学法治文化作品报送表（" + s.category + "）"},
			{"序号", "作品题目", "学生姓名", "学校", "年级班级", "参赛组别", "辅导老师", "家长电话"},
		}
		for _, w := range c.books["school"] {
			if w.category == s.category {
				rows = append(
					rows,
					[]any{
						len(rows) - 1,
						w.title,
						names(w.authors),
						w.unit,
						class(w, d.IntN(3), d.IntN(8)),
						w.group,
						names(w.teachers),
						w.phone,
					},
				)
			}
		}
		if len(rows) > 2 {
			out = append(out, paper.Grid{Name: s.category + "类", Rows: rows, Merges: []string{"A1:H1"}})
		}
	}
	return out
}

// class is a plausible class: year 0-2 within the author's school.
func class(w *work, year, n int) string {
	years := []string{"七年级", "八年级", "九年级"}
	if w.group == "高中组" {
		years = []string{"高一", "高二", "高三"}
	}
	return fmt.Sprintf("%s（%d）班", years[year], n+1)
}

// cityBook: a header of two rows, in which 姓名 and 联系电话 occur twice and differ only by the merged cell above.
func (c *contest) cityBook() paper.Grid {
	d := c.dice("city", 0)
	rows := [][]any{
		{"城区学校法治文化作品登记表"},
		{"序号", "作品信息", nil, nil, "作者信息", nil, nil, "指导教师信息", nil},
		{nil, "作品名称", "类别", "组别", "姓名", "单位", "联系电话", "姓名", "联系电话"},
	}
	merges := []string{"A1:I1", "A2:A3", "B2:D2", "E2:G2", "H2:I2"}
	for i, w := range c.books["city"] {
		reach := ""
		if len(w.teachers) > 0 {
			reach = phone(8400 + i*3)
		}
		rows = append(
			rows,
			[]any{
				i + 1,
				w.title,
				c.kind(d, w),
				c.group(d, w),
				names(w.authors),
				w.unit,
				w.phone,
				names(w.teachers),
				reach,
			},
		)
	}
	bad := c.wrong("city")
	rows = append(
		rows,
		[]any{len(c.books["city"]) + 1, bad.title, "广场舞", bad.group, names(bad.authors), bad.unit, bad.phone, "", ""},
	)
	return paper.Grid{Name: "登记表", Rows: rows, Merges: merges}
}

// vocationalZip: a workbook and the files of its works in one archive with names in GBK, the files called by number
// only.
func (c *contest) vocationalZip() ([]byte, error) {
	d := c.dice("vocational", 0)
	rows := [][]any{{"参赛作品编号", "参赛作品名称", "参赛者姓名", "参赛类别", "参赛组别", "所在学校", "指导老师", "手机号码"}}
	var files []file
	for _, w := range c.books["vocational"] {
		rows = append(
			rows,
			[]any{w.number, w.title, names(w.authors), c.kind(d, w), c.group(d, w), w.unit, names(w.teachers), w.phone},
		)
		for _, m := range c.media(w) {
			files = append(files, file{"示例县职业中学/" + m.path, m.data})
		}
	}
	book, err := workbook(paper.Grid{Name: "汇总", Rows: rows})
	if err != nil {
		return nil, err
	}
	return packNames(append([]file{{"示例县职业中学/职业中学汇总.xlsx", book}}, files...))
}
