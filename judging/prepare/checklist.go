package prepare

import (
	"io"
	"strconv"
	"time"

	"fayi/internal/atomicfile"
	"fayi/judging"
	"fayi/judging/letter"
	"fayi/judging/store"
)

// Words gives the texts of a paper in a language.
type Words = func(key string, args map[string]any) string

// Checklist 准备清单 is what to have ready for a contest and when, to be printed and ticked.
type Checklist struct {
	Template Template
	Name     string    // of the contest; "" for one that is not made yet
	Host     string    // whose list it is
	Start    time.Time // the day of the call for works
}

// Title is what stands above the list.
func (c Checklist) Title(w Words) string {
	if c.Name == "" {
		return w("prepare.title", nil)
	}
	return w("prepare.title_of", judging.Args{"Name": c.Name})
}

// Write writes the list to path as a Word document. Errors: Unavailable when the file can't be written.
func (c Checklist) Write(path string, w Words, day func(day string) string) error {
	err := atomicfile.Write(path, 0o644, func(out io.Writer) error { return letter.Write(out, c.letter(w, day)) })
	return store.Translate(path, err)
}

func (c Checklist) letter(w Words, day func(day string) string) letter.Letter {
	steps := letter.Table{Title: w("prepare.days", nil), Below: true, Wide: []int{26, 12, 8, 5}, Head: []string{
		w("prepare.col_step", nil), w("prepare.col_day", nil), w("prepare.col_who", nil), w("prepare.col_done", nil),
	}}
	for _, s := range c.Template.Schedule(c.Start) {
		steps.Rows = append(steps.Rows, []string{w("template.step_"+s.Name, nil), day(s.Day), "", ""})
	}
	needs := letter.Table{Title: w("prepare.needs", nil), Below: true, Wide: []int{4, 34, 8, 5}, Head: []string{
		w("prepare.col_number", nil), w("prepare.col_need", nil), w("prepare.col_who", nil), w("prepare.col_done", nil),
	}}
	for i, n := range c.Template.Needs {
		needs.Rows = append(needs.Rows, []string{strconv.Itoa(i + 1), w("template.need_"+n, nil), "", ""})
	}
	return letter.Letter{
		Title: c.Title(w), Body: []string{w("template.kind_"+c.Template.Key, nil), w("prepare.days_text", nil)},
		From: c.Host, Tables: []letter.Table{steps, needs},
	}
}
