package score

import (
	"regexp"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/grid"
)

// RubricOf tells the category of a work and the rubric that its marks must keep to; ok is false for a work it does
// not know.
type RubricOf func(code judging.WorkCode) (category string, r judging.Rubric, ok bool)

// fittedTable is a table read by the rubric of one category: a column for each criterion, or what is wrong with the
// heads.
type fittedTable struct {
	marks   []markColumn
	letters map[string]string
	missing []string // criteria without a column
	ranged  string   // a head whose range is another than its criterion's
	column  string   // of ranged
}

// fit finds the column of each criterion: by its name; then by the name without range, points and punctuation; then
// by the only head that holds the name or is held by it. A column or a criterion that fits two is left unmatched:
// half a score is worse than none.
func (t *filledTable) fit(r judging.Rubric) *fittedTable {
	f := &fittedTable{letters: map[string]string{}}
	of := make([]int, len(r.Criteria)) // column, or -1
	for i := range of {
		of[i] = -1
	}
	for _, agree := range []func(head, name string) bool{sameHead, sameCore, holdsCore} {
		t.pair(r, of, agree)
	}
	for i, c := range r.Criteria {
		if of[i] < 0 {
			f.missing = append(f.missing, c.Name)
			continue
		}
		head := t.heads[of[i]]
		if most := headRange(head, c.Name); most != "" && most != judging.Exact(c.Weight).String() && f.ranged == "" {
			f.ranged, f.column = strings.Join(strings.Fields(head), " "), grid.ColumnLetters(of[i])
		}
		f.marks = append(f.marks, markColumn{
			of[i], c.Name, judging.Exact(c.Weight).String(), wordsOf(r, i),
		})
		f.letters[c.Name] = grid.ColumnLetters(of[i])
	}
	for _, m := range t.marks { // a column of marks for what is no criterion: Complete refuses its rows by name
		if !slices.Contains(of, m.col) {
			f.marks = append(f.marks, m)
			f.letters[m.name] = grid.ColumnLetters(m.col)
		}
	}
	if t.total.col >= 0 {
		f.letters[""] = grid.ColumnLetters(t.total.col)
	}
	return f
}

// pair matches free criteria with free columns where agree holds for exactly one of each.
func (t *filledTable) pair(r judging.Rubric, of []int, agree func(head, name string) bool) {
	taken := slices.Clone(of)
	heads := func(name string) (cols []int) {
		for col, head := range t.heads {
			if head != "" && !slices.Contains(taken, col) && agree(head, name) {
				cols = append(cols, col)
			}
		}
		return cols
	}
	claims := map[int]int{}
	for i, c := range r.Criteria {
		if taken[i] < 0 {
			for _, col := range heads(c.Name) {
				claims[col]++
			}
		}
	}
	for i, c := range r.Criteria {
		if taken[i] >= 0 {
			continue
		}
		if cols := heads(c.Name); len(cols) == 1 && claims[cols[0]] == 1 {
			of[i] = cols[0]
		}
	}
}

func sameHead(head, name string) bool {
	if m := rangedHead.FindStringSubmatch(strings.TrimSpace(head)); m != nil {
		head = m[1]
	}
	return judging.Fold(head) == judging.Fold(name) || IsHead(head, saidHeads[name])
}

func sameCore(head, name string) bool {
	return headCore(head) != "" && headCore(head) == headCore(name)
}

func holdsCore(head, name string) bool {
	h, n := headCore(head), headCore(name)
	return len([]rune(h)) >= 2 && len([]rune(n)) >= 2 && (strings.Contains(h, n) || strings.Contains(n, h))
}

var (
	headRanges = regexp.MustCompile(`[\(（\[【]?(?:满分|最高)?(?:0[-–—−~～至到])?(\d+(?:\.\d+)?)分?[\)）\]】]?$`)
	headMarks  = strings.NewReplacer(
		"、",
		"",
		"，",
		"",
		",",
		"",
		"。",
		"",
		"：",
		"",
		":",
		"",
		"与",
		"",
		"和",
		"",
		"及",
		"",
		"·",
		"",
		"-",
		"",
		"“",
		"",
		"”",
		"",
	)
)

// headCore is a head without its range, its points and punctuation.
func headCore(head string) string {
	return headMarks.Replace(headRanges.ReplaceAllString(judging.Fold(head), ""))
}

// headRange is the greatest mark that a head tells next to its criterion's name, "" where it tells none.
func headRange(head, name string) string {
	rest := strings.TrimPrefix(judging.Fold(head), judging.Fold(name))
	if m := headRanges.FindStringSubmatch(rest); m != nil && rest != "" {
		return m[1]
	}
	return ""
}

// fitted returns the table as the rubric of the work wants it, or the table as it is where the work is not known;
// false when the heads won't do, which is reported once for each category.
func (r *scoreReader) fitted(code judging.WorkCode) (filledTable, bool) {
	t := *r.table
	if r.rubricOf == nil {
		return t, true
	}
	category, rubric, known := r.rubricOf(code)
	if !known {
		return t, true
	}
	f, told := t.fitted[category]
	if !told {
		f = t.fit(rubric)
		t.fitted[category] = f
		if r.out.TotalOnly && t.total.col >= 0 && len(f.missing) == len(rubric.Criteria) && len(f.marks) == 0 {
			f.missing = nil // only totals are given, and no marks at all
		}
		place := r.place
		r.place.Row = t.row
		if len(f.missing) > 0 {
			r.problem(
				"",
				"paper.criteria_missing",
				judging.Args{"Category": category, "Names": strings.Join(f.missing, "、")},
				true,
			)
		} else if f.ranged != "" {
			r.problem(f.column, "paper.head_other_range", judging.Args{"Category": category, "Head": f.ranged}, true)
		}
		r.place = place
	}
	t.marks, t.letters = f.marks, f.letters
	return t, len(f.missing) == 0 && f.ranged == ""
}
