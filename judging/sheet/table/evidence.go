package table

import (
	"regexp"
	"strings"

	"fayi/judging"
)

var (
	mobile   = regexp.MustCompile(`^(?:\+?86)?1[3-9]\d{9}$`)
	landline = regexp.MustCompile(`^(?:\(?0\d{2,3}\)?-?)?[2-9]\d{6,7}(?:-\d{1,6})?$`)
	idNumber = regexp.MustCompile(`^(?:\d{17}[\dXx]|\d{15})$`)
	mailbox  = regexp.MustCompile(`^[^\s@]+@[^\s@]+\.[^\s@]+$`)
	aName    = regexp.MustCompile(`^\p{Han}{2,4}$`)
	aRole    = regexp.MustCompile(`^(?:第?[一二三四五六七八九\d]?(?:作者|完成人)\d?|合作者|合著者|作者|主创|组长|队长|组员|队员|成员|负责人|参与者|其他作者)$`)
)

func looksLikePhone(s string) bool {
	s = strings.NewReplacer(" ", "", "-", "").Replace(s)
	return mobile.MatchString(s) || landline.MatchString(s) && len(s) >= 10
}

func looksLikeID(s string) bool { return idNumber.MatchString(s) }

func looksLikeMail(s string) bool { return mailbox.MatchString(s) }

func looksLikeName(s string) bool { return aName.MatchString(judging.Fold(s)) }

func looksLikeRole(s string) bool { return aRole.MatchString(judging.Fold(s)) }

// share returns which part of a column's first values is so; 0 where there are none.
func (c *column) share(is func(string) bool) float64 {
	n := 0
	for _, v := range c.values {
		if is(v) {
			n++
		}
	}
	return float64(n) / float64(max(len(c.values), 1))
}

// weigh takes the contents of columns as evidence: for columns whose header says nothing, and against headers whose
// column holds another thing.
func (t *table) weigh(voc *vocabulary) {
	isCategory := func(s string) bool { _, ok := matchCategory(t.rules, s); return ok }
	isGroup := func(s string) bool { _, ok := matchGroup(t.rules, s); return ok }
	for _, c := range t.cols {
		if c.block > 0 && !c.asked && c.Field == FieldAuthor && c.share(looksLikeRole) >= 0.8 {
			c.Field, c.Confidence = fieldRole, cleanWord // 第一作者 / 合作者 next to the names, under one merged header
		}
	}
	if !voc.compound {
		return
	}
	t.tickColumns(voc)
	t.swap(FieldCategory, FieldGroup, isCategory, isGroup)
	t.swap(FieldGroup, FieldCategory, isGroup, isCategory)
	t.swap(FieldForm, FieldCategory, func(string) bool { return false }, isCategory)
	for _, g := range []struct {
		field Field
		is    func(string) bool
	}{
		{FieldIDCard, looksLikeID}, {FieldPhone, looksLikePhone}, {FieldEmail, looksLikeMail},
		{FieldCategory, isCategory}, {FieldGroup, isGroup},
	} {
		t.guess(g.field, g.is)
	}
}

func isTick(s string) bool {
	switch judging.Fold(s) {
	case "√", "✓", "✔", "v", "1", "是", "○", "●", "☑", "■", "*", "y", "yes":
		return true
	}
	return false
}

// tickColumns reads 作品类别 over 书法, 绘画, 摄影 with a tick in one of them.
func (t *table) tickColumns(voc *vocabulary) {
	for _, c := range t.cols {
		labels := t.heading.labels[c.Index]
		if c.asked || c.Field != FieldNone || len(labels) < 2 || c.share(isTick) < 0.8 && len(c.values) > 0 {
			continue
		}
		match := map[Field]func(judging.Rules, string) (string, bool){
			FieldCategory: matchCategory,
			FieldGroup:    matchGroup,
		}
		field := voc.match(labels[len(labels)-2]).field
		if is := match[field]; is != nil {
			if name, ok := is(t.rules, labels[len(labels)-1]); ok {
				c.Field, c.Confidence, c.tick = field, cleanWord, name
			}
		}
	}
}

// swap gives a column under the header of field to other, where nothing else is other and its contents are all
// other's and none field's: 组别 that holds 书法组, 类别 that holds 小学组.
func (t *table) swap(field, other Field, isField, isOther func(string) bool) {
	list := t.of(field)
	if len(list) != 1 || len(t.of(other)) > 0 || list[0].asked {
		return
	}
	if c := list[0]; c.share(isOther) >= 0.8 && c.share(isField) == 0 {
		c.Field, c.Confidence = other, 0.7
		t.problem(t.heading.bottom, c, false, "sheet.by_contents", judging.Args{
			"Header": c.Header,
			"Field":  works().spelling(other),
		})
	}
}

// guess gives an unknown column to field when nothing else has it and nearly all its values say so. The user is
// informed.
func (t *table) guess(field Field, is func(string) bool) {
	if len(t.of(field)) > 0 {
		return
	}
	for _, c := range t.cols {
		if c.Field == FieldNone && !c.asked && len(c.values) >= 3 && c.share(is) >= 0.8 {
			c.Field, c.Confidence = field, 0.5
			t.problem(t.heading.bottom, c, false, "sheet.by_contents", judging.Args{
				"Header": c.Header,
				"Field":  works().spelling(field),
			})
			return
		}
	}
}
