package awards

import (
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/letter"
)

func number(n int) string { return strconv.Itoa(n) }

// prizes are the lists of special prizes, of units and of teachers, one for each prize that anybody gets.
func (l noticeList) prizes() (out []letter.Table) {
	for _, h := range l.special {
		for _, s := range h.Works {
			t := tableOf(&out, l.words("noticelist.prize", map[string]any{"Prize": h.Prize}), letter.Table{
				Head: l.heads("no", "category", "group", "title", "authors", "unit", "teachers"),
				Wide: []int{6, 8, 9, 22, 13, 22, 12},
			})
			t.Rows = append(t.Rows, []string{number(len(t.Rows) + 1), s.Category, s.Group, s.Title,
				strings.Join(s.Authors, "、"), s.Unit, strings.Join(s.Teachers, "、")})
		}
	}
	for _, u := range l.units {
		t := tableOf(&out, l.words("noticelist.prize", map[string]any{
			"Prize": u.Prize,
		}), letter.Table{
			Head: l.heads("no", "unit"),
			Wide: []int{8, 40},
		})
		t.Rows = append(t.Rows, []string{number(len(t.Rows) + 1), publicText(u.Unit)})
	}
	titles := map[judging.WorkID]string{}
	for _, a := range l.rows {
		titles[a.Work] = a.Title
	}
	for _, m := range l.mentors {
		t := tableOf(&out, l.words("noticelist.prize", map[string]any{"Prize": m.Prize}),
			letter.Table{
				Head: append(
					l.heads("no"), l.words("noticelist.head_teacher", nil), l.words("paper.award_head_unit", nil),
					l.words("paper.award_head_title", nil),
				),
				Wide: []int{8, 12, 24, 28},
			})
		works := ""
		for _, w := range m.Works {
			works += "《" + titles[w] + "》"
		}
		t.Rows = append(t.Rows, []string{number(len(t.Rows) + 1), publicText(m.Teacher), publicText(m.Unit), works})
	}
	return out
}

// tableOf finds the table of a title, or begins it like fresh.
func tableOf(all *[]letter.Table, title string, fresh letter.Table) *letter.Table {
	for i := range *all {
		if (*all)[i].Title == title {
			return &(*all)[i]
		}
	}
	fresh.Title = title
	*all = append(*all, fresh)
	return &(*all)[len(*all)-1]
}
