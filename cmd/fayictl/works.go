package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"

	"github.com/BurntSushi/toml"
)

// many is a flag that may be given several times.
type many []string

func (m *many) String() string     { return strings.Join(*m, ",") }
func (m *many) Set(s string) error { *m = append(*m, s); return nil }

func worksImport(c *call) error {
	fs := c.flags()
	var req intake.ImportRequest
	fs.Var((*many)(&req.Media), "media", "")
	fs.StringVar(&req.Sheet, "sheet", "", "")
	fs.BoolVar(&req.DryRun, "dry-run", false, "")
	mapFile := fs.String("map", "", "")
	chosen := c.diffFlags(fs, &req)
	args, err := c.parse(fs, 1, -1)
	if err := firstError(err, chosen()); err != nil {
		return err
	}
	if req.Sources = args[1:]; len(req.Sources)+len(req.Media) == 0 {
		return c.misused("")
	}
	if req.Columns, err = readMap(*mapFile); err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		bar := c.bar("cli.importing")
		r, err := o.Intake().ImportWorks(c.ctx, req, bar.step)
		bar.done()
		if err != nil {
			c.complain(r.Problems, 200)
			return err
		}
		return c.answer(r, func() { c.printImport(r, req.DryRun) })
	})
}

// readMap reads corrections of columns: a TOML file with a table [columns], header or letter = field.
func readMap(path string) (map[string]string, error) {
	if path == "" {
		return nil, nil
	}
	f, err := openInput(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var file struct {
		Columns map[string]string `toml:"columns"`
	}
	if _, err := toml.NewDecoder(io.LimitReader(f, 1<<20)).Decode(&file); err != nil || len(file.Columns) == 0 {
		return nil, judging.Fail(judging.Invalid, "cli.bad_map", judging.Args{"Path": path}).Because(err)
	}
	return file.Columns, nil
}

func (c *call) printImport(r intake.ImportReport, dry bool) {
	for _, m := range r.Mappings {
		c.say("cli.mapping", judging.Args{"File": m.File, "Sheet": m.Sheet, "Row": fmt.Sprint(m.HeaderRows)})
		for _, col := range m.Columns {
			if col.Field != "" {
				fmt.Fprintf(c.out, "    %s %s → %s (%.0f%%)\n", col.Letter, col.Header, c.text.T("field."+string(col.Field), nil), 100*col.Confidence)
			}
		}
	}
	problems := r.Problems
	for _, row := range r.Rows {
		problems = append(problems, row.Problems...)
	}
	for _, f := range r.Loose {
		problems = append(problems, judging.Problem{Place: judging.Place{File: f.Path}, Text: f.Text, Args: f.Args})
	}
	c.complain(problems, 200)
	c.printDiff(r)
	key := "cli.imported"
	if dry {
		key = "cli.would_import"
	}
	c.say(key, judging.Args{"Accepted": r.Accepted, "Changed": r.Changed, "Unchanged": r.Unchanged, "Rejected": r.Rejected,
		"Matched": r.Files.Matched, "Doubtful": r.Files.Doubtful, "Unmatched": r.Files.Unmatched, "Intake": string(r.Intake)})
}

func worksUndo(c *call) error {
	fs := c.flags()
	id := fs.String("intake", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		i, err := o.Intake().UndoImport(c.ctx, judging.IntakeID(*id))
		if err != nil {
			return err
		}
		return c.answer(i, func() {
			c.say("cli.undone", judging.Args{"Intake": i.ID, "Accepted": i.Tally.Accepted, "Changed": i.Tally.Changed})
		})
	})
}

func worksIntakes(c *call) error {
	return c.onContest(func(o *office.Office) error {
		all, err := o.Intake().Intakes(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(all, func() {
			rows := [][]string{c.head("intake", "state", "at", "accepted", "changed", "files")}
			for _, i := range all {
				rows = append(rows, []string{string(i.ID), c.text.T("intake.state_"+string(i.State), nil), i.At.Local().Format("2006-01-02 15:04"),
					fmt.Sprint(i.Tally.Accepted), fmt.Sprint(i.Tally.Changed), strings.Join(i.Sources, " ")})
			}
			c.table(rows)
		})
	})
}

func worksList(c *call) error {
	fs := c.flags()
	var f office.WorkFilter
	fs.StringVar(&f.Category, "category", "", "")
	fs.StringVar(&f.Group, "group", "", "")
	fs.StringVar(&f.Unit, "unit", "", "")
	fs.StringVar((*string)(&f.Status), "status", "", "")
	fs.StringVar(&f.Text, "text", "", "")
	fs.BoolVar(&f.NoFiles, "no-files", false, "")
	blind := fs.Bool("judge-view", false, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		list, err := o.Works(c.ctx, f)
		if err != nil {
			return err
		}
		if *blind {
			return c.listBlind(list)
		}
		return c.answer(worksJSON(list), func() {
			rows := [][]string{c.head("id", "code", "title", "category", "group", "authors", "unit", "files")}
			for _, w := range list {
				rows = append(rows, []string{string(w.ID), string(w.Code), w.Title, w.Category, w.Group, strings.Join(w.Authors, "、"), w.Unit, fmt.Sprint(len(w.Files))})
			}
			c.table(rows)
		})
	})
}

func (c *call) listBlind(list []judging.Work) error {
	out := []judging.BlindWork{}
	for _, w := range list {
		out = append(out, w.Blind())
	}
	return c.answer(out, func() {
		rows := [][]string{c.head("code", "title", "category", "group", "files")}
		for _, b := range out {
			rows = append(rows, []string{string(b.Code), b.Title, b.Category, b.Group, fmt.Sprint(len(b.Files))})
		}
		c.table(rows)
	})
}

// workJSON is the stable form of a work: lists are never null.
type workJSON struct {
	judging.Work
	Authors  []string       `json:"authors"`
	Unit     string         `json:"unit"`
	Group    string         `json:"group"`
	Teachers []string       `json:"teachers"`
	Phone    string         `json:"phone"`
	Files    []judging.File `json:"files"`
}

func worksJSON(list []judging.Work) []workJSON {
	out := make([]workJSON, len(list))
	for i, w := range list {
		out[i] = workJSON{w, orEmpty(w.Authors), w.Unit, w.Group, orEmpty(w.Teachers), w.Phone, orEmpty(w.Files)}
	}
	return out
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func worksShow(c *call) error {
	fs := c.flags()
	work := fs.String("work", "", "")
	n := fs.Int("file", 0, "")
	out := fs.String("out", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		w, err := o.Work(c.ctx, *work)
		if err != nil {
			return err
		}
		if *out != "" {
			return c.saveFile(o, w.ID, *n, *out)
		}
		return c.answer(worksJSON([]judging.Work{w})[0], func() {
			c.table([][]string{
				{c.text.T("cli.col_code", nil), string(w.Code)}, {c.text.T("cli.col_title", nil), w.Title}, {c.text.T("cli.col_category", nil), w.Category + " " + w.Group},
				{c.text.T("cli.col_authors", nil), strings.Join(w.Authors, "、")}, {c.text.T("cli.col_unit", nil), w.Unit},
				{c.text.T("cli.col_teachers", nil), strings.Join(w.Teachers, "、")}, {c.text.T("cli.col_state", nil), c.text.T("work.status_"+string(w.Status), nil)}})
			for i, f := range w.Files {
				fmt.Fprintf(c.out, "%d  %s  %d  %s\n", i+1, f.Kind, f.Bytes, f.Name)
			}
		})
	})
}

// saveFile writes the n-th file of a work (from 1) to path.
func (c *call) saveFile(o *office.Office, id judging.WorkID, n int, path string) error {
	in, err := o.OpenWorkFile(c.ctx, id, max(n, 1)-1)
	if err != nil {
		return err
	}
	defer in.Close()
	f, err := os.Create(path)
	if err != nil {
		return unwritable(path, err)
	}
	if _, err := io.Copy(f, in); err != nil {
		f.Close()
		return unwritable(path, err)
	}
	if err := f.Close(); err != nil {
		return unwritable(path, err)
	}
	c.say("cli.written", judging.Args{"Path": path})
	return nil
}

func worksExport(c *call) error {
	fs := c.flags()
	out := fs.String("out", "", "")
	category := fs.String("category", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *out == "" {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		n, err := o.Report().ExportWorks(c.ctx, *out, office.WorkFilter{Category: *category}, c.text.T)
		if err != nil {
			return err
		}
		return c.answer(map[string]any{"works": n, "path": *out}, func() { c.say("cli.exported", judging.Args{"Count": n, "Path": *out}) })
	})
}
