package paper

import (
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
)

// AwardList is the list of the awarded works as it goes to a superior office or is made public.
type AwardList struct {
	Title     string // of the paper; without it the contest's
	Contest   string
	Note      string // a line below the title, may be empty
	Sections  []AwardSection
	Columns   []AwardColumn // in order; none: those that the rows have something for, without score and place
	OneSheet  bool          // one table for all, else a sheet for each category
	Host      string        // 主办单位
	Date      string        // as it is to stand there: 2020年5月12日; without it a blank to fill in
	Rehearsal bool          // marks every sheet 【演练】
	Papers    []Paper       // further sheets after the list
}

// AwardSection is the list of one category and group, best first.
type AwardSection struct {
	Category string
	Group    string // may be empty
	Rows     []AwardRow
}

// AwardRow is one awarded work.
type AwardRow struct {
	No       int // 0: counted within the sheet
	Award    string
	Title    string
	Authors  []string
	Unit     string
	Teachers []string
	Score    *float64
	Place    int // 0: none
}

// AwardColumn names a column of the list.
type AwardColumn string

// The columns.
const (
	AwardNo       AwardColumn = "no"
	AwardName     AwardColumn = "award"
	AwardTitle    AwardColumn = "title"
	AwardCategory AwardColumn = "category"
	AwardGroup    AwardColumn = "group"
	AwardAuthors  AwardColumn = "authors"
	AwardUnit     AwardColumn = "unit"
	AwardTeachers AwardColumn = "teachers"
	AwardScore    AwardColumn = "score"
	AwardPlace    AwardColumn = "place"
)

// WriteAwardList writes the list as xlsx, ready to be printed on A4. Equal input gives equal bytes. Errors: Invalid
// for an unknown column; those of w.
func WriteAwardList(w io.Writer, list AwardList, words Words) error {
	pages, err := list.pages(words)
	if err != nil {
		return err
	}
	f := excelize.NewFile()
	defer f.Close()
	var names []string
	taken := map[string]bool{}
	for _, p := range pages {
		names = append(names, p.name)
		taken[strings.ToLower(p.name)] = true
	}
	papers := slices.Clone(list.Papers)
	for i := range papers {
		papers[i].Name = safeSheetName(papers[i].Name, taken)
		names = append(names, papers[i].Name)
	}
	if err := nameSheets(f, names); err != nil {
		return err
	}
	k := newInk(f)
	for _, p := range pages {
		if err := p.write(k, words); err != nil {
			return err
		}
	}
	for _, p := range papers {
		if err := p.write(k, words); err != nil {
			return err
		}
	}
	if k.err != nil {
		return k.err
	}
	return writeBook(w, f, list.title(words))
}

func (a AwardList) title(words Words) string {
	title := a.Title
	if title == "" {
		title = words("paper.award_title", map[string]any{"Contest": a.Contest})
	}
	if mark := words("paper.rehearsal", nil); a.Rehearsal && !strings.Contains(title, strings.TrimSpace(mark)) {
		title = mark + title
	}
	return title
}

// awardPage is one sheet of the list.
type awardPage struct {
	name     string
	title    string
	list     AwardList
	columns  []awardColumn
	sections []AwardSection
}

// pages splits the list into sheets: one, or one for each category in the order of the sections.
func (a AwardList) pages(words Words) ([]awardPage, error) {
	taken, title := map[string]bool{}, a.title(words)
	if a.OneSheet || len(a.Sections) == 0 {
		p := awardPage{
			name:     safeSheetName(words("paper.award_sheet", nil), taken),
			title:    title,
			list:     a,
			sections: a.Sections,
		}
		err := p.chooseColumns(words)
		return []awardPage{p}, err
	}
	var pages []awardPage
	for _, s := range a.Sections {
		i := slices.IndexFunc(pages, func(p awardPage) bool { return p.sections[0].Category == s.Category })
		if i >= 0 {
			pages[i].sections = append(pages[i].sections, s)
			continue
		}
		name := s.Category
		if name == "" {
			name = words("paper.award_sheet_other", nil)
		}
		pages = append(pages, awardPage{name: safeSheetName(name, taken), list: a, sections: []AwardSection{s},
			title: words("paper.award_title_of", map[string]any{"Title": title, "Category": name})})
	}
	for i := range pages {
		if err := pages[i].chooseColumns(words); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// chooseColumns settles the columns of a sheet: the ones asked for, or those with something in them.
func (p *awardPage) chooseColumns(words Words) error {
	for _, name := range p.list.Columns {
		i := slices.IndexFunc(awardColumns, func(c awardColumn) bool { return c.name == name })
		if i < 0 {
			return judging.Fail(judging.Invalid, "paper.award_column_unknown", judging.Args{"Column": string(name)})
		}
		p.columns = append(p.columns, awardColumns[i])
	}
	if len(p.list.Columns) == 0 {
		for _, c := range awardColumns {
			if c.always || c.usual && (c.name != AwardCategory || p.list.OneSheet) && p.has(c) {
				p.columns = append(p.columns, c)
			}
		}
	}
	for i, c := range p.columns {
		p.columns[i].head = words(c.head, nil)
	}
	return nil
}

// has reports whether any row holds something for column c.
func (p *awardPage) has(c awardColumn) bool {
	for _, s := range p.sections {
		if slices.ContainsFunc(s.Rows, func(r AwardRow) bool { return c.text(s, r) != "" }) {
			return true
		}
	}
	return false
}

// rows counts the works of the sheet.
func (p *awardPage) rows() int {
	n := 0
	for _, s := range p.sections {
		n += len(s.Rows)
	}
	return n
}

// summary counts the works by award, in the order in which awards first come.
func (p *awardPage) summary(words Words) string {
	counts := map[string]int{}
	var order, parts []string
	for _, s := range p.sections {
		for _, r := range s.Rows {
			if counts[r.Award]++; counts[r.Award] == 1 {
				order = append(order, r.Award)
			}
		}
	}
	if len(order) == 0 {
		return words("paper.award_none", nil)
	}
	for _, award := range order {
		parts = append(parts, words("paper.award_count", map[string]any{"Award": award, "N": counts[award]}))
	}
	return words("paper.award_summary", map[string]any{
		"All":    p.rows(),
		"Counts": strings.Join(parts, words("paper.award_count_join", nil)),
	})
}
