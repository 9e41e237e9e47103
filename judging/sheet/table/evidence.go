package table

import (
	"math"
	"regexp"
	"strings"
	"unicode/utf8"

	"fayi/judging"
)

// What a column means is weighed in decibels of odds: 10 dB for ten to one. Heads, values, neighbours and what a list
// of works needs all speak in this unit, so that they can be added and compared.
const (
	sureHead      = 30.0 // the field's own word
	cleanHead     = 26.0 // made of known words
	looseHead     = 16.0 // a word of several meanings
	neighbourLess = 4.0  // than by itself: it belongs to the person on its left
	otherHead     = 14.0 // the head is a word for something near: 体裁 for a category
	strangeHead   = -8.0 // the head says something else
	mostByValues  = 20.0 // values never say more, either way
	emptyColumn   = 6.0  // a column without values, next to others that have some
	fewValues     = 5    // as many values as count one by one
)

// headWeight turns how well a head is known into decibels.
func headWeight(confidence float64) float64 {
	switch {
	case confidence >= sureWord:
		return sureHead
	case confidence >= cleanWord:
		return cleanHead
	case confidence >= looseWord:
		return looseHead
	}
	return 20*confidence - 2
}

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

// looksLikeNames reports whether a cell holds names only.
func looksLikeNames(s string) bool {
	if looksLikeRole(s) {
		return false
	}
	names, _, odd := splitNames(s)
	for _, n := range names {
		if isHan(n) && utf8.RuneCountInString(n) > 4 || looksLikeTitle(n) == looksLikeNumber(n) {
			return false
		}
	}
	return len(names) > 0 && !odd
}

// looksLikeTitle reports whether a text may name a work: nearly all may but numbers and addresses.
func looksLikeTitle(s string) bool {
	return !looksLikeNumber(s) && !looksLikePhone(s) && !looksLikeID(s) && !looksLikeMail(s)
}

func looksLikeNumber(s string) bool { return strings.Trim(judging.Fold(s), "0123456789.-") == "" }

// valueModel says how often the values of a column of some fields are so, and how often those of any other column.
type valueModel struct {
	fields         []Field
	is             func(t *table, s string) bool
	within, beyond float64
	why            string // catalogue key
}

func plain(is func(string) bool) func(*table, string) bool {
	return func(_ *table, s string) bool { return is(s) }
}

var valueModels = []valueModel{
	{[]Field{FieldTitle}, plain(looksLikeTitle), 0.98, 0.5, "sheet.why_titles"},
	{
		[]Field{FieldAuthor, FieldName, FieldCoAuthor, FieldTeacher, FieldContact, FieldLeader},
		plain(looksLikeNames), 0.9, 0.15, "sheet.why_names",
	},
	{
		[]Field{FieldPhone, FieldContactPhone, "teacher_phone", "co_phone"},
		plain(looksLikePhone), 0.9, 0.02, "sheet.why_phones",
	},
	{[]Field{FieldIDCard, "co_id", "contact_id"}, plain(looksLikeID), 0.95, 0.005, "sheet.why_ids"},
	{[]Field{FieldEmail, "teacher_email"}, plain(looksLikeMail), 0.95, 0.005, "sheet.why_mails"},
	{[]Field{FieldCategory}, (*table).isCategory, 0.9, 0.05, "sheet.why_categories"},
	{[]Field{FieldGroup}, (*table).isGroup, 0.9, 0.05, "sheet.why_groups"},
	{[]Field{fieldRole}, plain(looksLikeRole), 0.95, 0.01, "sheet.why_roles"},
}

// modelOf finds how the values of a field look; nil where they may be anything.
func modelOf(f Field) *valueModel {
	for i := range valueModels {
		for _, g := range valueModels[i].fields {
			if f == g {
				return &valueModels[i]
			}
		}
	}
	return nil
}

func (t *table) isCategory(s string) bool {
	return t.resolve(FieldCategory, tidyLine(s), matchCategory) != ""
}

func (t *table) isGroup(s string) bool { return t.resolve(FieldGroup, tidyLine(s), matchGroup) != "" }

// byValues weighs the first values of a column for a field.
func (t *table) byValues(c *column, f Field) (weight float64, why Reason) {
	m := modelOf(f)
	if m == nil || len(c.values) == 0 {
		return 0, why
	}
	n := 0
	for _, v := range c.values {
		if m.is(t, v) {
			n++
		}
	}
	share := float64(n) / float64(len(c.values))
	each := share*math.Log10(m.within/m.beyond) + (1-share)*math.Log10((1-m.within)/(1-m.beyond))
	weight = 10 * each * float64(min(len(c.values), fewValues))
	weight = max(min(weight, mostByValues), -mostByValues)
	return weight, Reason{Text: m.why, Args: judging.Args{"N": n, "Of": len(c.values)}, Weight: weight}
}

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
