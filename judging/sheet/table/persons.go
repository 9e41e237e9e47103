package table

import (
	"slices"
	"strings"
	"unicode/utf8"

	"fayi/judging"
	"fayi/judging/sheet/read"
)

// collective are the authors that say: the unit made it.
var collective = wordSet("集体 集体创作 集体作品 单位 单位作品 本单位 单位集体 团体 全体师生")

// unitEnds are how the names of schools and offices end.
var unitEnds = strings.Fields("学校 小学 中学 学院 大学 幼儿园 局 所 院 中心 委员会 办公室 公司 社 馆 团 会 队 组 厅 站 镇 乡 村 街道 社区 政府 班 部 室 家庭")

// wordSet makes a set of the words of a text.
func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
}

// people reads authors and teachers.
func (t *table) people(r *record, w *judging.Work) {
	both := r.values[FieldContactBoth]
	if len(r.names[FieldAuthor]) == 0 && both.Text != "" && t.first(FieldAuthor) < 0 &&
		roleIn(foldHeader(r.columns[FieldContactBoth].Header)) != "contact" {
		if phone, name, ok := readPhone(both.Text); ok {
			r.names[FieldAuthor] = []read.Cell{{Text: name}}
			r.columns[FieldAuthor] = r.columns[FieldContactBoth]
			if r.values[FieldPhone].Text == "" {
				r.values[FieldPhone] = read.Cell{Text: phone}
			}
		}
	}
	makers := slices.Concat(r.names[FieldLeader], r.names[FieldAuthor], r.names[FieldCoAuthor])
	w.Authors = t.names(r, FieldAuthor, makers)
	w.Teachers = t.names(r, FieldTeacher, r.names[FieldTeacher])
	if len(w.Authors) == 1 && collective[judging.Fold(w.Authors[0])] {
		if w.Authors = nil; w.Unit == "" {
			w.Unit = w.Sender
		}
		if w.Unit != "" {
			return
		}
	}
	for i, name := range w.Authors {
		if undecided(name) {
			t.tell(r, FieldAuthor, true, "sheet.undecided", nil)
			w.Authors = slices.Delete(w.Authors, i, i+1)
			return
		}
	}
	byUnit := t.first(FieldAuthor) < 0 && t.first(FieldCoAuthor) < 0 && t.first(FieldLeader) < 0 &&
		w.Unit+w.Sender != ""
	if len(w.Authors) == 0 && !byUnit {
		t.tell(r, FieldAuthor, true, "sheet.no_author", nil)
	}
}

// names splits cells into distinct names, in order. What a cell says besides names is kept as it was written; its
// telephone is the author's where no column has one.
func (t *table) names(r *record, f Field, cells []read.Cell) []string {
	var list []string
	for _, c := range cells {
		l := readNames(c.Text)
		for _, n := range l.names {
			if !slices.Contains(list, n) {
				list = append(list, n)
			}
		}
		if l.others {
			r.more[string(f)+"_others"] = "等"
			t.tell(r, f, false, "sheet.names_others", nil)
		}
		if l.odd && !slices.ContainsFunc(l.names, looksLikeUnit) {
			t.tell(r, f, false, "sheet.names_together", nil)
		}
		if l.more {
			r.keep(string(f)+"_written", tidyText(c.Text))
		}
		if len(l.phones) > 0 && f == FieldAuthor && r.values[FieldPhone].Text == "" {
			r.values[FieldPhone] = read.Cell{Text: strings.Join(l.phones, "、")}
		}
	}
	return list
}

// looksLikeUnit reports whether a name is rather that of a school or office.
func looksLikeUnit(s string) bool {
	if utf8.RuneCountInString(s) < 4 {
		return false
	}
	for _, end := range unitEnds {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// reach reads how to reach the author: contact, phone, mail, identity number. Odd ones are reported without being
// shown.
func (t *table) reach(r *record, w *judging.Work) {
	w.Contact = strings.Join(t.names(r, FieldContact, []read.Cell{r.values[FieldContact]}), "、")
	w.Email = strings.TrimSpace(tidyLine(r.values[FieldEmail].Text))
	for _, f := range []Field{FieldPhone, FieldContactBoth} {
		v := r.values[f]
		if v.Text == "" || f == FieldContactBoth && w.Phone != "" {
			continue
		}
		phone, name, ok := readPhone(v.Text)
		w.Phone = phone
		if name != "" && w.Contact == "" && !slices.Contains(w.Authors, name) {
			w.Contact = name
		}
		if !ok {
			t.tell(r, f, false, "sheet.odd_phone", nil)
		}
	}
	if v := r.values[FieldIDCard]; v.Text != "" {
		id, lost, ok := readIDCard(v)
		switch w.IDCard = id; {
		case lost: // better none than a wrong one
			w.IDCard = ""
			t.tell(r, FieldIDCard, false, "sheet.lost_id", nil)
		case !ok:
			t.tell(r, FieldIDCard, false, "sheet.odd_id", nil)
		}
	}
	if w.Email != "" && !looksLikeMail(w.Email) {
		t.tell(r, FieldEmail, false, "sheet.odd_email", nil)
	}
}
