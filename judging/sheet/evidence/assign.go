package evidence

import (
	"math"
	"slices"
	"strings"

	"fayi/internal/matching"
	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/mapping"
)

// claim is one meaning that a column may have, with what speaks for it.
type claim struct {
	col        *Column
	field      field.Field
	confidence float64 // as Column.Confidence tells it
	role       string
	told       bool // by contents: the user is informed
	weight     float64
	why        []mapping.Reason
}

// needs are what it is worth that a list has a column of a field at all.
func needs(f field.Field) float64 {
	switch f {
	case field.Title, field.Author, field.Name, field.UnitName:
		return 25
	case field.Category, field.Phone:
		return 20
	}
	return 0
}

// add puts evidence to a claim.
func (c *claim) add(weight float64, key string, args judging.Args) {
	c.weight += weight
	c.why = append(c.why, mapping.Reason{Text: key, Args: args, Weight: weight})
}

// Assign gives each column the meaning that makes the whole table most likely: each field of one column goes to one
// at most, and each column has one meaning at most.
func (t *Table) Assign(voc *field.Vocabulary) {
	t.tickColumns(voc)
	var open []*Column
	for _, c := range t.Cols {
		switch {
		case c.asked:
			c.Why = []mapping.Reason{{Text: "sheet.why_said", Weight: 100}}
		case c.Tick != "":
			c.Why = []mapping.Reason{{Text: "sheet.why_choice", Args: judging.Args{"Value": c.Tick}, Weight: cleanHead}}
		default:
			open = append(open, c)
		}
	}
	shared, said := t.sharedFields(), map[field.Field]bool{}
	for _, c := range t.Cols {
		said[c.Field] = said[c.Field] || c.asked && !joined[c.Field] && !serial[c.Field]
	}
	free := map[*Column]*claim{} // the best meaning that needs no rival to give way
	var rivals []*claim
	for _, c := range open {
		for _, k := range t.claims(c, voc) {
			switch {
			case k.weight <= 0, said[k.field]:
			case !shared[k.field]:
				rivals = append(rivals, k)
			case free[c] == nil || k.weight > free[c].weight:
				free[c] = k
			}
		}
	}
	chosen := t.settleRivals(rivals, free)
	for _, c := range open {
		k := chosen[c]
		if k == nil {
			k = free[c]
		}
		t.becomes(c, k)
	}
	t.tellRepeats(voc, open, shared)
	t.firstAuthorFirst()
}

// firstAuthorFirst lets the column of the first author lead the one of authors that stands left of it.
func (t *Table) firstAuthorFirst() {
	for _, c := range t.With(field.Author)[min(1, len(t.With(field.Author))):] {
		if own := field.Fold(c.Header); strings.HasPrefix(own, "第一") && !c.asked && len(t.With(field.Leader)) == 0 {
			c.Field = field.Leader
		}
	}
}

// becomes gives a column its meaning; nil: none.
func (t *Table) becomes(c *Column, k *claim) {
	if k == nil {
		c.Field, c.Confidence, c.Why = field.None, 0, nil
		return
	}
	c.Field, c.Confidence, c.Why = k.field, k.confidence, k.why
	if k.role != "" {
		c.Role = k.role
	}
	if k.told {
		t.Problem(t.Heading.Bottom, c, false, "sheet.by_contents", judging.Args{
			"Header": c.Header,
			"Field":  field.Works().Spelling(k.field),
		})
	}
}

// sharedFields are those of which this table may have several columns.
func (t *Table) sharedFields() map[field.Field]bool {
	shared := map[field.Field]bool{}
	for f := range joined {
		shared[f] = true
	}
	for f := range serial {
		if list := t.With(f); len(list) > 1 && countsUp(list) {
			shared[f] = true
		}
	}
	for _, c := range t.Cols {
		if c.Tick != "" {
			shared[c.Field] = true
		}
	}
	return shared
}

// claims lists what a column may mean.
func (t *Table) claims(c *Column, voc *field.Vocabulary) (list []*claim) {
	own := c.Meaning
	claims := func(f field.Field, confidence, weight float64, key string, args judging.Args) *claim {
		k := &claim{col: c, field: f, confidence: confidence}
		k.add(weight, key, args)
		if len(c.Values) == 0 && t.filled {
			k.weight -= emptyColumn
		}
		if w, why := t.byValues(c, f); w != 0 && f != field.None {
			k.weight += w
			k.why = append(k.why, why)
		}
		list = append(list, k)
		return k
	}
	head := judging.Args{"Header": c.Header}
	if own.Means != field.None {
		weight := headWeight(own.Sure)
		if quiet[own.Means] {
			weight = looseHead // of several the first, whatever their words
		}
		claims(own.Means, own.Sure, weight, "sheet.why_head", head)
	}
	if !voc.Compound {
		return list
	}
	if own.Role == "" && personal[own.Means] {
		role := t.personBefore(c)
		if f := field.Reassign(role, own.Means); f != field.None && f != own.Means {
			k := claims(f, field.CleanWord, headWeight(own.Sure)-neighbourLess, "sheet.why_neighbour", head)
			k.role = role
		}
	}
	for _, n := range near(t, own) {
		k := claims(n.field, 0.7, otherHead+n.more, "sheet.why_near", head)
		k.told = n.told
	}
	if own.Means == field.Author && c.block > 0 && c.share(celltext.LooksLikeRole) >= 0.8 {
		// 第一作者 / 合作者 next to the names, under one merged header
		claims(field.Role, field.CleanWord, sureHead, "sheet.why_head", head)
	}
	return append(list, t.byContents(c)...)
}

// byContents lists what the values of a column say by themselves, whatever its head.
func (t *Table) byContents(c *Column) (list []*claim) {
	own := c.Meaning.Means
	for _, f := range []field.Field{field.IDCard, field.Phone, field.Email, field.Category, field.Group} {
		kinds := f == field.Category || f == field.Group
		if f == own || own != field.None && !(kinds && (own == field.Category || own == field.Group)) {
			continue
		}
		weight, why := t.byValues(c, f)
		if own == field.None && len(c.Values) < 3 || why.Args == nil ||
			float64(why.Args["N"].(int)) < 0.8*float64(len(c.Values)) {
			continue
		}
		k := &claim{col: c, field: f, confidence: 0.5, told: true, weight: weight, why: []mapping.Reason{why}}
		if own != field.None {
			k.confidence = 0.7
			k.add(strangeHead, "sheet.why_strange", judging.Args{"Header": c.Header})
		}
		list = append(list, k)
	}
	return list
}

// personal are the fields that belong to the person on their left when the table has them more than once.
var personal = map[field.Field]bool{
	field.Author: true, field.Phone: true, field.Unit: true, field.Email: true, field.IDCard: true,
	"position": true, "gender": true, "age": true,
}

// nearby is a field for which the head of another may stand in.
type nearby struct {
	field field.Field
	more  float64 // beyond otherHead
	told  bool
}

// near lists the fields that a head may mean where no other column has them.
func near(t *Table, m field.Meaning) []nearby {
	switch m.Means {
	case field.ContactPhone:
		return []nearby{{field.Phone, 4, false}}
	case field.Form:
		return []nearby{{field.Category, 0, true}}
	case field.Teacher:
		if m.Plain { // 教师姓名, not 指导教师
			return []nearby{{field.Author, -4, true}}
		}
	case field.Contact:
		if m.Leads && len(t.With(field.Author)) == 0 && len(t.With(field.CoAuthor)) > 0 { // 负责人 next to 成员
			return []nearby{{field.Leader, 20, true}}
		}
	}
	return nil
}

// personBefore returns the role of the nearest column to the left that is a person, by its head.
func (t *Table) personBefore(c *Column) string {
	role := ""
	for _, other := range t.Cols {
		if other.Index >= c.Index {
			break
		}
		if other != c && slices.Contains(field.Roles().Persons, field.RoleOf(other.Field)) &&
			(other.Field == field.Teacher || other.Field == field.Contact || other.Field == field.Author ||
				other.Field == field.Leader) {
			role = field.RoleOf(other.Field)
		}
	}
	return role
}

// settleRivals finds the claims of the greatest sum of weights of which no two share a column or a field (Kuhn's
// method with potentials, O(fields² · columns)). Giving a column to a rival costs what its free meaning weighed.
func (t *Table) settleRivals(rivals []*claim, free map[*Column]*claim) map[*Column]*claim {
	var fields []field.Field
	var cols []*Column
	gain := map[*Column]map[field.Field]*claim{}
	for _, k := range rivals {
		if gain[k.col] == nil {
			gain[k.col] = map[field.Field]*claim{}
			cols = append(cols, k.col)
		}
		if had := gain[k.col][k.field]; had == nil || k.weight > had.weight {
			gain[k.col][k.field] = k
		}
		if !slices.Contains(fields, k.field) {
			fields = append(fields, k.field)
		}
	}
	slices.Sort(fields)
	worth := func(f, c int) float64 {
		if c >= len(cols) {
			return 0 // a field without a column
		}
		k := gain[cols[c]][fields[f]]
		if k == nil {
			return math.Inf(-1)
		}
		w := k.weight + needs(k.field) - 1e-6*float64(k.col.Index) // of equal ones the first
		if other := free[k.col]; other != nil {
			w -= other.weight
		}
		return w
	}
	chosen := map[*Column]*claim{}
	for c, f := range matching.Greatest(len(fields), len(cols)+len(fields), worth) {
		if f >= 0 && c < len(cols) && worth(f, c) > 0 {
			chosen[cols[c]] = gain[cols[c]][fields[f]]
		}
	}
	return chosen
}
