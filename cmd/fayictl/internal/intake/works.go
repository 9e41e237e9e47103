package intake

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// WorksCommands are the commands that bring works in and list them.
var WorksCommands = []command.Declaration{worksImport, worksUndo, worksIntakes, worksList, worksShow}

// ExportCommands are the commands that hand the list of works on.
var ExportCommands = []command.Declaration{worksExport}

func worksImport(cmd *command.Command) command.Handler {
	cmd.Use("works import CONTEST [SOURCE...]", "works import 2020.fayi 来稿 --media 作品")
	var req intake.ImportRequest
	media := cmd.Many("media", "DIR", "flag.media")
	cmd.StrVar(&req.Sheet, "sheet", "NAME", "flag.sheet")
	cmd.YesVar(&req.DryRun, "dry-run", "flag.dry_run")
	mapFile := cmd.Str("map", "FILE.toml", "flag.map")
	all := cmd.Yes("all", "flag.all_problems")
	chosen := importChoice(cmd, &req)
	return func(c *command.Call, args []string) (command.Result, error) {
		if err := chosen(); err != nil {
			return command.Result{}, err
		}
		if req.Sources, req.Media = args[1:], *media; len(req.Sources)+len(req.Media) == 0 {
			return command.Result{}, cmd.Misused("cli.no_source", nil)
		}
		var err error
		if req.Columns, err = command.ReadMap(*mapFile); err != nil {
			return command.Result{}, err
		}
		return c.With(args[0], func(o *office.Office) (command.Result, error) {
			bar := c.Bar("cli.importing")
			r, err := o.Intake().ImportWorks(c.Ctx, req, bar.Step)
			bar.Done()
			if err != nil {
				c.Notes().Complain(r.Problems, command.ShownProblems(*all))
				return command.Result{}, err
			}
			return command.Answer(r, func(pr *command.Printer) { printImport(pr, r, req.DryRun, *all) })
		})
	}
}

// rowRange writes the rows of a head, which stand one below the other: 2, or 2–3; "" for none.
func rowRange(rows []int) string {
	switch n := len(rows); n {
	case 0:
		return ""
	case 1:
		return strconv.Itoa(rows[0])
	default:
		return strconv.Itoa(rows[0]) + "–" + strconv.Itoa(rows[n-1])
	}
}

func printImport(pr *command.Printer, r intake.ImportReport, dry, all bool) {
	for _, m := range r.Mappings {
		pr.Say("cli.mapping", judging.Args{
			"File": m.File, "Sheet": m.Sheet, "Row": rowRange(m.HeaderRows), "Card": m.Card, "Sideways": m.Sideways,
		})
		for _, col := range m.Columns {
			if len(r.Mappings) > mostMappings && !all {
				break
			}
			if col.Field != "" {
				pr.Line("    %s %s → %s (%.0f%%)", col.Letter, col.Header,
					pr.Text.T("field."+string(col.Field), nil), 100*col.Confidence)
			}
		}
		printProposals(pr, m.Proposals)
	}
	pr.Accounts(r.Sheets)
	problems := r.Problems
	for _, row := range r.Rows {
		problems = append(problems, row.Problems...)
	}
	for _, f := range r.Loose {
		problems = append(problems, judging.Problem{Place: judging.Place{File: f.Path}, Text: f.Text, Args: f.Args})
	}
	pr.Complain(problems, command.ShownProblems(all))
	printCopies(pr, r, all)
	printDiff(pr, r, all)
	key, alike := "cli.imported", "cli.alike"
	if dry {
		key, alike = "cli.would_import", "cli.would_alike"
	}
	pr.Say(key, judging.Args{"Accepted": r.Accepted, "Changed": r.Changed, "Unchanged": r.Unchanged,
		"Rejected": r.Rejected,
		"Matched":  r.Files.Matched, "Doubtful": r.Files.Doubtful, "Unmatched": r.Files.Unmatched,
		"Intake": string(r.Intake)})
	if r.Alike > 0 {
		pr.Say(alike, judging.Args{"N": r.Alike})
	}
	if len(r.WithoutJudges) > 0 {
		pr.Say("cli.without_judges", judging.Args{"Count": len(r.WithoutJudges)})
	}
}

// printCopies lists the files that were recognised by their bytes.
func printCopies(pr *command.Printer, r intake.ImportReport, all bool) {
	var lines []string
	for _, f := range r.Copies {
		lines = append(lines, "= "+f.Path+"  "+pr.Text.T(f.Text, f.Args))
	}
	pr.List(lines, all)
}

func worksUndo(cmd *command.Command) command.Handler {
	cmd.Use("works undo-import CONTEST", "works undo-import 2020.fayi --intake i002")
	id := cmd.Str("intake", "ID", "flag.intake")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		i, err := o.Intake().UndoImport(c.Ctx, judging.IntakeID(*id))
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(i, func(pr *command.Printer) {
			pr.Say("cli.undone", judging.Args{"Intake": i.ID, "Accepted": i.Tally.Accepted, "Changed": i.Tally.Changed})
		})
	})
}

// stateWaiting is the state of works that nobody reviewed, next to those of judging.WorkStatus.
const stateWaiting = "waiting"

// listedWork is a work with its place in the review.
type listedWork struct {
	command.WorkAnswer
	Waiting bool `json:"waiting"` // nobody reviewed it, or it changed since
}

func worksList(cmd *command.Command) command.Handler {
	cmd.Use("works list CONTEST", "works list 2020.fayi --category 书法 --status waiting")
	var f office.WorkFilter
	cmd.StrVar(&f.Category, "category", "C", "flag.category")
	cmd.StrVar(&f.Group, "group", "G", "flag.group")
	cmd.StrVar(&f.Unit, "unit", "UNIT", "flag.unit")
	status := cmd.Str("status", "waiting|accepted|returned|rejected|withdrawn", "flag.status")
	cmd.StrVar(&f.Text, "text", "TEXT", "flag.text")
	cmd.YesVar(&f.NoFiles, "no-files", "flag.no_files")
	blind := cmd.Yes("judge-view", "flag.judge_view")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if *status != stateWaiting {
			f.Status = judging.WorkStatus(*status)
		}
		list, err := o.Works(c.Ctx, f)
		if err != nil {
			return command.Result{}, err
		}
		waits, err := o.Review().WaitingWorks(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		waiting := map[judging.WorkID]bool{}
		for _, w := range waits {
			waiting[w.ID] = true
		}
		// as in the window, a work that waits for review is neither accepted nor returned
		list = slices.DeleteFunc(list, func(w judging.Work) bool {
			return *status != "" && waiting[w.ID] != (*status == stateWaiting)
		})
		if *blind {
			return listBlind(c, list)
		}
		return answerWorks(list, waiting)
	})
}

func answerWorks(list []judging.Work, waiting map[judging.WorkID]bool) (command.Result, error) {
	out := []listedWork{}
	for i, a := range command.WorksOf(list) {
		out = append(out, listedWork{a, waiting[list[i].ID]})
	}
	return command.Answer(out, func(pr *command.Printer) {
		rows := [][]string{pr.Head("id", "code", "title", "category", "group", "authors", "unit", "files", "state")}
		for _, w := range list {
			state := pr.Text.T("work.status_"+string(w.Status), nil)
			if waiting[w.ID] {
				state = pr.Text.T("app.state_waiting", nil)
			}
			rows = append(rows, []string{string(w.ID), string(w.Code), w.Title, w.Category, w.Group,
				strings.Join(w.Authors, "、"), w.ShownUnit(), fmt.Sprint(len(w.Files)), state})
		}
		pr.Table(rows)
	})
}

func listBlind(c *command.Call, list []judging.Work) (command.Result, error) {
	out := []judging.BlindWork{}
	for _, w := range list {
		out = append(out, w.Blind())
	}
	return command.Answer(out, func(pr *command.Printer) {
		rows := [][]string{pr.Head("code", "title", "category", "group", "files")}
		for _, b := range out {
			rows = append(rows, []string{string(b.Code), b.Title, b.Category, b.Group, fmt.Sprint(len(b.Files))})
		}
		pr.Table(rows)
	})
}

func worksShow(cmd *command.Command) command.Handler {
	cmd.Use("works show CONTEST", "works show 2020.fayi --work w000012")
	work := cmd.Must("work", "W", "flag.work")
	n := cmd.Num("file", "N", "flag.file_number", 0)
	out := cmd.Str("out", "FILE", "flag.out")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		w, err := o.Work(c.Ctx, *work)
		if err != nil {
			return command.Result{}, err
		}
		if *out != "" {
			return saveFile(c, o, w.ID, *n, *out)
		}
		return command.Answer(command.WorksOf([]judging.Work{w})[0], func(pr *command.Printer) {
			pr.Table([][]string{
				{pr.Text.T("cli.col_code", nil), string(w.Code)}, {pr.Text.T("cli.col_title", nil), w.Title},
				{pr.Text.T("cli.col_category", nil), w.Category + " " + w.Group},
				{pr.Text.T("cli.col_authors", nil), strings.Join(w.Authors, "、")},
				{pr.Text.T("cli.col_unit", nil), w.ShownUnit()},
				{pr.Text.T("cli.col_teachers", nil), strings.Join(w.Teachers, "、")},
				{pr.Text.T("cli.col_state", nil), pr.Text.T("work.status_"+string(w.Status), nil)}})
			for i, f := range w.Files {
				pr.Line("%d  %s  %d  %s", i+1, f.Kind, f.Bytes, f.Name)
			}
		})
	})
}

// saveFile writes the n-th file of a work (from 1) to path.
func saveFile(c *command.Call, o *office.Office, id judging.WorkID, n int, path string) (command.Result, error) {
	in, err := o.WorkFiles().OpenWorkFile(c.Ctx, id, max(n, 1)-1)
	if err != nil {
		return command.Result{}, err
	}
	defer in.Close()
	return command.Saved(path, in)
}

func worksExport(cmd *command.Command) command.Handler {
	cmd.Use("works export CONTEST", "works export 2020.fayi --out works.xlsx")
	out := cmd.Must("out", "FILE.xlsx", "flag.out")
	category := cmd.Str("category", "C", "flag.category")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		n, err := o.Report().ExportWorks(c.Ctx, *out, office.WorkFilter{Category: *category}, c.Text.T)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"works": n, "path": *out}, func(pr *command.Printer) {
			pr.Say("cli.exported", judging.Args{"Count": n, "Path": *out})
		})
	})
}
