package table

import (
	"math"
	"slices"
	"strings"

	"fayi/judging"
)

// Reason is one piece of evidence for what a column was taken for.
type Reason struct {
	Text   string       `json:"text"` // catalogue key
	Args   judging.Args `json:"args,omitempty"`
	Weight float64      `json:"weight"` // in decibels of odds; negative speaks against
}

// claim is one meaning that a column may have, with what speaks for it.
type claim struct {
	col        *column
	field      Field
	confidence float64 // as Column.Confidence tells it
	role       string
	told       bool // by contents: the user is informed
	weight     float64
	why        []Reason
}

// needs are what it is worth that a list has a column of a field at all.
func needs(f Field) float64 {
	switch f {
	case FieldTitle, FieldAuthor, FieldName:
		return 25
	case FieldCategory, FieldPhone:
		return 20
	}
	return 0
}

// add puts evidence to a claim.
func (c *claim) add(weight float64, key string, args judging.Args) {
	c.weight += weight
	c.why = append(c.why, Reason{Text: key, Args: args, Weight: weight})
}

// assign gives each column the meaning that makes the whole table most likely: each field of one column goes to one
// at most, and each column has one meaning at most.
func (t *table) assign(voc *vocabulary) {
	t.tickColumns(voc)
	var open []*column
	for _, c := range t.cols {
		switch {
		case c.asked:
			c.Why = []Reason{{Text: "sheet.why_said", Weight: 100}}
		case c.tick != "":
			c.Why = []Reason{{Text: "sheet.why_choice", Args: judging.Args{"Value": c.tick}, Weight: cleanHead}}
		default:
			open = append(open, c)
		}
	}
	shared, said := t.sharedFields(), map[Field]bool{}
	for _, c := range t.cols {
		said[c.Field] = said[c.Field] || c.asked && !joined[c.Field] && !serial[c.Field]
	}
	free := map[*column]*claim{} // the best meaning that needs no rival to give way
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
func (t *table) firstAuthorFirst() {
	for _, c := range t.of(FieldAuthor)[min(1, len(t.of(FieldAuthor))):] {
		if own := foldHeader(c.Header); strings.HasPrefix(own, "第一") && !c.asked && len(t.of(FieldLeader)) == 0 {
			c.Field = FieldLeader
		}
	}
}

// becomes gives a column its meaning; nil: none.
func (t *table) becomes(c *column, k *claim) {
	if k == nil {
		c.Field, c.Confidence, c.Why = FieldNone, 0, nil
		return
	}
	c.Field, c.Confidence, c.Why = k.field, k.confidence, k.why
	if k.role != "" {
		c.role = k.role
	}
	if k.told {
		t.problem(t.heading.bottom, c, false, "sheet.by_contents", judging.Args{
			"Header": c.Header,
			"Field":  works().spelling(k.field),
		})
	}
}

// sharedFields are those of which this table may have several columns.
func (t *table) sharedFields() map[Field]bool {
	shared := map[Field]bool{}
	for f := range joined {
		shared[f] = true
	}
	for f := range serial {
		if list := t.of(f); len(list) > 1 && countsUp(list) {
			shared[f] = true
		}
	}
	for _, c := range t.cols {
		if c.tick != "" {
			shared[c.Field] = true
		}
	}
	return shared
}

// claims lists what a column may mean.
func (t *table) claims(c *column, voc *vocabulary) (list []*claim) {
	own := c.meaning
	claims := func(f Field, confidence, weight float64, key string, args judging.Args) *claim {
		k := &claim{col: c, field: f, confidence: confidence}
		k.add(weight, key, args)
		if len(c.values) == 0 && t.filled {
			k.weight -= emptyColumn
		}
		if w, why := t.byValues(c, f); w != 0 && f != FieldNone {
			k.weight += w
			k.why = append(k.why, why)
		}
		list = append(list, k)
		return k
	}
	head := judging.Args{"Header": c.Header}
	if own.field != FieldNone {
		weight := headWeight(own.confidence)
		if quiet[own.field] {
			weight = looseHead // of several the first, whatever their words
		}
		claims(own.field, own.confidence, weight, "sheet.why_head", head)
	}
	if !voc.compound {
		return list
	}
	if own.role == "" && personal[own.field] {
		role := t.personBefore(c)
		if f := reassign(role, own.field); f != FieldNone && f != own.field {
			k := claims(f, cleanWord, headWeight(own.confidence)-neighbourLess, "sheet.why_neighbour", head)
			k.role = role
		}
	}
	for _, n := range near(t, own) {
		k := claims(n.field, 0.7, otherHead+n.more, "sheet.why_near", head)
		k.told = n.told
	}
	if own.field == FieldAuthor && c.block > 0 && c.share(looksLikeRole) >= 0.8 {
		// 第一作者 / 合作者 next to the names, under one merged header
		claims(fieldRole, cleanWord, sureHead, "sheet.why_head", head)
	}
	return append(list, t.byContents(c)...)
}

// byContents lists what the values of a column say by themselves, whatever its head.
func (t *table) byContents(c *column) (list []*claim) {
	own := c.meaning.field
	for _, f := range []Field{FieldIDCard, FieldPhone, FieldEmail, FieldCategory, FieldGroup} {
		kinds := f == FieldCategory || f == FieldGroup
		if f == own || own != FieldNone && !(kinds && (own == FieldCategory || own == FieldGroup)) {
			continue
		}
		weight, why := t.byValues(c, f)
		if own == FieldNone && len(c.values) < 3 || why.Args == nil ||
			float64(why.Args["N"].(int)) < 0.8*float64(len(c.values)) {
			continue
		}
		k := &claim{col: c, field: f, confidence: 0.5, told: true, weight: weight, why: []Reason{why}}
		if own != FieldNone {
			k.confidence = 0.7
			k.add(strangeHead, "sheet.why_strange", judging.Args{"Header": c.Header})
		}
		list = append(list, k)
	}
	return list
}

// personal are the fields that belong to the person on their left when the table has them more than once.
var personal = map[Field]bool{
	FieldAuthor: true, FieldPhone: true, FieldUnit: true, FieldEmail: true, FieldIDCard: true,
	"position": true, "gender": true, "age": true,
}

// nearby is a field for which the head of another may stand in.
type nearby struct {
	field Field
	more  float64 // beyond otherHead
	told  bool
}

// near lists the fields that a head may mean where no other column has them.
func near(t *table, m meaning) []nearby {
	switch m.field {
	case FieldContactPhone:
		return []nearby{{FieldPhone, 4, false}}
	case FieldForm:
		return []nearby{{FieldCategory, 0, true}}
	case FieldTeacher:
		if m.plain { // 教师姓名, not 指导教师
			return []nearby{{FieldAuthor, -4, true}}
		}
	case FieldContact:
		if m.leads && len(t.of(FieldAuthor)) == 0 && len(t.of(FieldCoAuthor)) > 0 { // 负责人 next to 成员
			return []nearby{{FieldLeader, 20, true}}
		}
	}
	return nil
}

// personBefore returns the role of the nearest column to the left that is a person, by its head.
func (t *table) personBefore(c *column) string {
	role := ""
	for _, other := range t.cols {
		if other.Index >= c.Index {
			break
		}
		if other != c && slices.Contains(roles().Persons, roleOf(other.Field)) &&
			(other.Field == FieldTeacher || other.Field == FieldContact || other.Field == FieldAuthor ||
				other.Field == FieldLeader) {
			role = roleOf(other.Field)
		}
	}
	return role
}

// settleRivals finds the claims of the greatest sum of weights of which no two share a column or a field (Kuhn's
// method with potentials, O(fields² · columns)). Giving a column to a rival costs what its free meaning weighed.
func (t *table) settleRivals(rivals []*claim, free map[*column]*claim) map[*column]*claim {
	var fields []Field
	var cols []*column
	gain := map[*column]map[Field]*claim{}
	for _, k := range rivals {
		if gain[k.col] == nil {
			gain[k.col] = map[Field]*claim{}
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
	chosen := map[*column]*claim{}
	for c, f := range matching(len(fields), len(cols)+len(fields), worth) {
		if f >= 0 && c < len(cols) && worth(f, c) > 0 {
			chosen[cols[c]] = gain[cols[c]][fields[f]]
		}
	}
	return chosen
}

// matching gives each of rows a column so that the sum of worth is greatest; it returns the row of each column, -1
// for none. There are as many columns of worth 0 as rows, so that every row finds one. -Inf: never.
func matching(rows, cols int, worth func(row, col int) float64) []int {
	const never = 1e9
	u, v := make([]float64, rows+1), make([]float64, cols+1)
	rowOf, way := make([]int, cols+1), make([]int, cols+1) // from 1; 0: none
	for row := 1; row <= rows; row++ {
		rowOf[0] = row
		at := 0
		least, used := make([]float64, cols+1), make([]bool, cols+1)
		for i := range least {
			least[i] = math.Inf(1)
		}
		for {
			used[at] = true
			r, delta, next := rowOf[at], math.Inf(1), 0
			for c := 1; c <= cols; c++ {
				if used[c] {
					continue
				}
				cost := min(-worth(r-1, c-1), never) - u[r] - v[c]
				if cost < least[c] {
					least[c], way[c] = cost, at
				}
				if least[c] < delta {
					delta, next = least[c], c
				}
			}
			for c := range cols + 1 {
				if used[c] {
					u[rowOf[c]] += delta
					v[c] -= delta
				} else {
					least[c] -= delta
				}
			}
			if at = next; rowOf[at] == 0 {
				break
			}
		}
		for at != 0 {
			rowOf[at] = rowOf[way[at]]
			at = way[at]
		}
	}
	out := make([]int, cols)
	for c := range out {
		out[c] = rowOf[c+1] - 1
	}
	return out
}
