package media

import (
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// mostWeighed is how many rows may be weighed one by one for a file; where more fit, nothing but a person can tell.
const mostWeighed = 500

// numbered returns the rows that bear a number in the name.
func (x *index) numbered(c clues) (strong, weak []int) {
	for _, n := range c.strong {
		strong = gather(strong, x.byNumber[n])
	}
	for _, n := range c.weak {
		weak = gather(weak, x.byNumber[n])
	}
	return strong, weak
}

// gather appends rows, each once, until there is a mostWeighed.
func gather(to, rows []int) []int {
	for _, r := range rows {
		if len(to) > mostWeighed {
			break
		}
		if !slices.Contains(to, r) {
			to = append(to, r)
		}
	}
	return to
}

// both returns the rows of which title and an author stand in the path.
func (x *index) both(c clues) []int {
	for _, titles := range [][]int{c.titles, c.inside} {
		var out []int
		for _, t := range titles {
			for _, a := range c.authors {
				out = gather(out, x.byBoth[[2]int{t, a}])
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// titled returns the rows of which the title stands in the path; titles under three characters only if they are the whole name.
func (x *index) titled(c clues) []int {
	if c.whole >= 0 {
		return gather(nil, x.byTitle[c.whole])
	}
	var out []int
	for _, t := range c.titles {
		rows := x.byTitle[t]
		if utf8.RuneCountInString(bare(x.rows[rows[0]].Title)) > 2 {
			out = gather(out, rows)
		}
	}
	return out
}

func (x *index) authored(c clues) []int {
	var out []int
	for _, a := range c.authors {
		out = gather(out, x.byAuthor[a])
	}
	return out
}

// narrow keeps the rows that more clues speak for, one clue after another, until one row or no clue is left.
func (x *index) narrow(rows []int, c clues) []int {
	if len(rows) > mostWeighed {
		return rows
	}
	nearest := 0
	for _, r := range rows {
		nearest = max(nearest, shared(x.rows[r].From, c.dir))
	}
	for _, speaks := range []func(r int) bool{
		func(r int) bool { return slices.Contains(c.titles, x.titleOf[r]) },
		func(r int) bool {
			return slices.ContainsFunc(x.namesOf[r], func(a int) bool { return slices.Contains(c.authors, a) })
		},
		func(r int) bool { return shared(x.rows[r].From, c.dir) == nearest },
		func(r int) bool {
			return slices.ContainsFunc(x.rows[r].Units, func(u string) bool { return u != "" && strings.Contains(c.path, fold(u)) })
		},
		func(r int) bool {
			return x.rows[r].Category != "" && strings.Contains(c.path, fold(x.rows[r].Category))
		},
	} {
		if len(rows) == 1 {
			break
		}
		var left []int
		for _, r := range rows {
			if speaks(r) {
				left = append(left, r)
			}
		}
		if len(left) > 0 {
			rows = left
		}
	}
	return rows
}

// shared counts the leading folders that the sheet's path and a file's folder have in common.
func shared(sheet, dir string) int {
	if sheet == "" {
		return 0
	}
	a, b := strings.Split(path.Dir(sheet), "/"), strings.Split(dir, "/")
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
