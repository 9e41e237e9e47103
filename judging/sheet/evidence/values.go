package evidence

import (
	"math"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/mapping"
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
	case confidence >= field.SureWord:
		return sureHead
	case confidence >= field.CleanWord:
		return cleanHead
	case confidence >= field.LooseWord:
		return looseHead
	}
	return 20*confidence - 2
}

// valueModel says how often the values of a column of some fields are so, and how often those of any other column.
type valueModel struct {
	fields         []field.Field
	is             func(t *Table, s string) bool
	within, beyond float64
	why            string // catalogue key
}

func plain(is func(string) bool) func(*Table, string) bool {
	return func(_ *Table, s string) bool { return is(s) }
}

var valueModels = []valueModel{
	{[]field.Field{field.Title}, plain(celltext.LooksLikeTitle), 0.98, 0.5, "sheet.why_titles"},
	{
		[]field.Field{field.Author, field.Name, field.CoAuthor, field.Teacher, field.Contact, field.Leader},
		plain(celltext.LooksLikeNames), 0.9, 0.15, "sheet.why_names",
	},
	{
		[]field.Field{field.Phone, field.ContactPhone, "teacher_phone", "co_phone"},
		plain(celltext.LooksLikePhone), 0.9, 0.02, "sheet.why_phones",
	},
	{[]field.Field{field.IDCard, "co_id", "contact_id"}, plain(celltext.LooksLikeID), 0.95, 0.005, "sheet.why_ids"},
	{[]field.Field{field.Email, "teacher_email"}, plain(celltext.LooksLikeMail), 0.95, 0.005, "sheet.why_mails"},
	{[]field.Field{field.Category}, (*Table).isCategory, 0.9, 0.05, "sheet.why_categories"},
	{[]field.Field{field.Group}, (*Table).isGroup, 0.9, 0.05, "sheet.why_groups"},
	{[]field.Field{field.Role}, plain(celltext.LooksLikeRole), 0.95, 0.01, "sheet.why_roles"},
}

// modelOf finds how the values of a field look; nil where they may be anything.
func modelOf(f field.Field) *valueModel {
	for i := range valueModels {
		for _, g := range valueModels[i].fields {
			if f == g {
				return &valueModels[i]
			}
		}
	}
	return nil
}

func (t *Table) isCategory(s string) bool {
	return t.Resolve(field.Category, celltext.TidyLine(s), celltext.MatchCategory) != ""
}

func (t *Table) isGroup(s string) bool {
	return t.Resolve(field.Group, celltext.TidyLine(s), celltext.MatchGroup) != ""
}

// byValues weighs the first values of a column for a field.
func (t *Table) byValues(c *Column, f field.Field) (weight float64, why mapping.Reason) {
	m := modelOf(f)
	if m == nil || len(c.Values) == 0 {
		return 0, why
	}
	n := 0
	for _, v := range c.Values {
		if m.is(t, v) {
			n++
		}
	}
	share := float64(n) / float64(len(c.Values))
	each := share*math.Log10(m.within/m.beyond) + (1-share)*math.Log10((1-m.within)/(1-m.beyond))
	weight = 10 * each * float64(min(len(c.Values), fewValues))
	weight = max(min(weight, mostByValues), -mostByValues)
	return weight, mapping.Reason{Text: m.why, Args: judging.Args{"N": n, "Of": len(c.Values)}, Weight: weight}
}

// share returns which part of a column's first values is so; 0 where there are none.
func (c *Column) share(is func(string) bool) float64 {
	n := 0
	for _, v := range c.Values {
		if is(v) {
			n++
		}
	}
	return float64(n) / float64(max(len(c.Values), 1))
}
