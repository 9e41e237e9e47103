package main

import (
	"fmt"
	"io"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"

	"github.com/BurntSushi/toml"
)

// worksCommands are the commands that bring works in and list them.
var worksCommands = []declaration{worksImport, worksUndo, worksIntakes, worksList, worksShow}

// exportCommands are the commands that hand the list of works on.
var exportCommands = []declaration{worksExport}

func worksImport(cmd *command) handler {
	cmd.use("works import CONTEST [SOURCE...]", "works import 2020.fayi 来稿 --media 作品")
	var req intake.ImportRequest
	media := cmd.many("media", "DIR", "flag.media")
	cmd.strVar(&req.Sheet, "sheet", "NAME", "flag.sheet")
	cmd.yesVar(&req.DryRun, "dry-run", "flag.dry_run")
	mapFile := cmd.str("map", "FILE.toml", "flag.map")
	all := cmd.yes("all", "flag.all_problems")
	chosen := importChoice(cmd, &req)
	return func(c *call, args []string) (result, error) {
		if err := chosen(); err != nil {
			return result{}, err
		}
		if req.Sources, req.Media = args[1:], *media; len(req.Sources)+len(req.Media) == 0 {
			return result{}, cmd.misused("cli.no_source", nil)
		}
		var err error
		if req.Columns, err = readMap(*mapFile); err != nil {
			return result{}, err
		}
		return c.with(args[0], func(o *office.Office) (result, error) {
			bar := c.bar("cli.importing")
			r, err := o.Intake().ImportWorks(c.ctx, req, bar.step)
			bar.done()
			if err != nil {
				c.notes().complain(r.Problems, shownProblems(*all))
				return result{}, err
			}
			return answer(r, func(pr *printer) { printImport(pr, r, req.DryRun, *all) })
		})
	}
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

func printImport(pr *printer, r intake.ImportReport, dry, all bool) {
	for _, m := range r.Mappings {
		pr.say("cli.mapping", judging.Args{"File": m.File, "Sheet": m.Sheet, "Row": fmt.Sprint(m.HeaderRows)})
		for _, col := range m.Columns {
			if len(r.Mappings) > mostMappings && !all {
				break
			}
			if col.Field != "" {
				fmt.Fprintf(pr.out, "    %s %s → %s (%.0f%%)\n", col.Letter, col.Header,
					pr.text.T("field."+string(col.Field), nil), 100*col.Confidence)
			}
		}
		printProposals(pr, m.Proposals)
	}
	pr.printAccounts(r.Sheets)
	problems := r.Problems
	for _, row := range r.Rows {
		problems = append(problems, row.Problems...)
	}
	for _, f := range r.Loose {
		problems = append(problems, judging.Problem{Place: judging.Place{File: f.Path}, Text: f.Text, Args: f.Args})
	}
	pr.complain(problems, shownProblems(all))
	printDiff(pr, r, all)
	key, alike := "cli.imported", "cli.alike"
	if dry {
		key, alike = "cli.would_import", "cli.would_alike"
	}
	pr.say(key, judging.Args{"Accepted": r.Accepted, "Changed": r.Changed, "Unchanged": r.Unchanged,
		"Rejected": r.Rejected,
		"Matched":  r.Files.Matched, "Doubtful": r.Files.Doubtful, "Unmatched": r.Files.Unmatched,
		"Intake": string(r.Intake)})
	if r.Alike > 0 {
		pr.say(alike, judging.Args{"N": r.Alike})
	}
	if len(r.WithoutJudges) > 0 {
		pr.say("cli.without_judges", judging.Args{"Count": len(r.WithoutJudges)})
	}
}

func worksUndo(cmd *command) handler {
	cmd.use("works undo-import CONTEST", "works undo-import 2020.fayi --intake i002")
	id := cmd.str("intake", "ID", "flag.intake")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		i, err := o.Intake().UndoImport(c.ctx, judging.IntakeID(*id))
		if err != nil {
			return result{}, err
		}
		return answer(i, func(pr *printer) {
			pr.say("cli.undone", judging.Args{"Intake": i.ID, "Accepted": i.Tally.Accepted, "Changed": i.Tally.Changed})
		})
	})
}

func worksIntakes(cmd *command) handler {
	cmd.use("works intakes CONTEST", "works intakes 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Intake().Intakes(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(all, func(pr *printer) {
			rows := [][]string{pr.head("intake", "state", "at", "accepted", "changed", "files")}
			for _, i := range all {
				rows = append(rows, []string{string(i.ID), pr.text.T("intake.state_"+string(i.State), nil),
					i.At.Local().Format("2006-01-02 15:04"),
					fmt.Sprint(i.Tally.Accepted), fmt.Sprint(i.Tally.Changed), strings.Join(i.Sources, " ")})
			}
			pr.table(rows)
		})
	})
}

func worksList(cmd *command) handler {
	cmd.use("works list CONTEST", "works list 2020.fayi --category 书法 --status accepted")
	var f office.WorkFilter
	cmd.strVar(&f.Category, "category", "C", "flag.category")
	cmd.strVar(&f.Group, "group", "G", "flag.group")
	cmd.strVar(&f.Unit, "unit", "UNIT", "flag.unit")
	cmd.strVar((*string)(&f.Status), "status", "accepted|returned|rejected|withdrawn", "flag.status")
	cmd.strVar(&f.Text, "text", "TEXT", "flag.text")
	cmd.yesVar(&f.NoFiles, "no-files", "flag.no_files")
	blind := cmd.yes("judge-view", "flag.judge_view")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		list, err := o.Works(c.ctx, f)
		if err != nil {
			return result{}, err
		}
		if *blind {
			return listBlind(c, list)
		}
		return answer(worksJSON(list), func(pr *printer) {
			rows := [][]string{pr.head("id", "code", "title", "category", "group", "authors", "unit", "files")}
			for _, w := range list {
				rows = append(rows, []string{string(w.ID), string(w.Code), w.Title, w.Category, w.Group,
					strings.Join(w.Authors, "、"), w.ShownUnit(), fmt.Sprint(len(w.Files))})
			}
			pr.table(rows)
		})
	})
}

func listBlind(c *call, list []judging.Work) (result, error) {
	out := []judging.BlindWork{}
	for _, w := range list {
		out = append(out, w.Blind())
	}
	return answer(out, func(pr *printer) {
		rows := [][]string{pr.head("code", "title", "category", "group", "files")}
		for _, b := range out {
			rows = append(rows, []string{string(b.Code), b.Title, b.Category, b.Group, fmt.Sprint(len(b.Files))})
		}
		pr.table(rows)
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

func worksShow(cmd *command) handler {
	cmd.use("works show CONTEST", "works show 2020.fayi --work w000012")
	work := cmd.must("work", "W", "flag.work")
	n := cmd.num("file", "N", "flag.file_number", 0)
	out := cmd.str("out", "FILE", "flag.out")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		w, err := o.Work(c.ctx, *work)
		if err != nil {
			return result{}, err
		}
		if *out != "" {
			return saveFile(c, o, w.ID, *n, *out)
		}
		return answer(worksJSON([]judging.Work{w})[0], func(pr *printer) {
			pr.table([][]string{
				{pr.text.T("cli.col_code", nil), string(w.Code)}, {pr.text.T("cli.col_title", nil), w.Title},
				{pr.text.T("cli.col_category", nil), w.Category + " " + w.Group},
				{pr.text.T("cli.col_authors", nil), strings.Join(w.Authors, "、")},
				{pr.text.T("cli.col_unit", nil), w.ShownUnit()},
				{pr.text.T("cli.col_teachers", nil), strings.Join(w.Teachers, "、")},
				{pr.text.T("cli.col_state", nil), pr.text.T("work.status_"+string(w.Status), nil)}})
			for i, f := range w.Files {
				fmt.Fprintf(pr.out, "%d  %s  %d  %s\n", i+1, f.Kind, f.Bytes, f.Name)
			}
		})
	})
}

// saveFile writes the n-th file of a work (from 1) to path.
func saveFile(c *call, o *office.Office, id judging.WorkID, n int, path string) (result, error) {
	in, err := o.OpenWorkFile(c.ctx, id, max(n, 1)-1)
	if err != nil {
		return result{}, err
	}
	defer in.Close()
	return saved(path, in)
}

// workList takes words of the command line for works' numbers.
func workList(names []string) []judging.WorkID {
	var out []judging.WorkID
	for _, n := range names {
		out = append(out, judging.WorkID(n))
	}
	return out
}

func worksExport(cmd *command) handler {
	cmd.use("works export CONTEST", "works export 2020.fayi --out works.xlsx")
	out := cmd.must("out", "FILE.xlsx", "flag.out")
	category := cmd.str("category", "C", "flag.category")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		n, err := o.Report().ExportWorks(c.ctx, *out, office.WorkFilter{Category: *category}, c.text.T)
		if err != nil {
			return result{}, err
		}
		return answer(map[string]any{"works": n, "path": *out}, func(pr *printer) {
			pr.say("cli.exported", judging.Args{"Count": n, "Path": *out})
		})
	})
}
