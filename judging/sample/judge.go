package sample

import (
	"fayi/judging/sheet/paper"
)

// judge is one judge as the list gives it.
type judge struct {
	name, unit, knows, post, phone string
	load                           int
}

func (c *contest) drawJudges() {
	d := c.dice("judges", 0)
	for _, p := range c.words.Panels {
		for i, knows := range p.Knows {
			j := judge{
				name:  c.person(),
				unit:  p.Units[i%len(p.Units)],
				knows: knows,
				post:  one(d, c.words.Posts),
				load:  p.Load,
			}
			j.phone = phone(9000 + len(c.judges)*7)
			c.judges = append(c.judges, j)
		}
	}
}

// plantTeacher makes the last judge of the essays the namesake of a teacher whose pupils sent essays: a conflict
// that should be suspected.
func (c *contest) plantTeacher() {
	for _, w := range c.works {
		if w.category == "征文" && len(w.teachers) > 0 {
			c.judges[16].name = w.teachers[0]
			return
		}
	}
}

// judgeBook is the list of judges as the office keeps it.
func (c *contest) judgeBook() paper.Grid {
	rows := [][]any{
		{c.words.County + "法治文化作品征集评审专家名单"},
		{"序号", "姓名", "工作单位", "专长类别", "职称", "联系电话", "评审件数上限"},
	}
	for i, j := range c.judges {
		rows = append(rows, []any{i + 1, j.name, j.unit, j.knows, j.post, j.phone, j.load})
	}
	return paper.Grid{Name: "评委", Rows: rows, Merges: []string{"A1:G1"}, Widths: []float64{6, 12, 32, 26, 16, 16, 14}}
}
