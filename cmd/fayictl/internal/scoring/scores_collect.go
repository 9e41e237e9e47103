package scoring

import (
	"fmt"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/collecting"
	"fayi/judging/office/scoring"
)

func scoresCollect(cmd *command.Command) command.Handler {
	cmd.Use("scores collect CONTEST FILE...", "scores collect 2020.fayi 评分表/*.xlsx")
	takes := cmd.Many("take", "sheet|packet|contest|W=ANSWER", "flag.take_scores")
	dry := cmd.Yes("dry-run", "flag.dry_run")
	return command.OnContest(func(c *command.Call, o *office.Office, args []string) (command.Result, error) {
		opt, err := readTakes(*takes)
		if err != nil {
			return command.Result{}, err
		}
		collect := o.Collecting().CollectScores
		if *dry {
			collect = o.Collecting().PreviewCollect
		}
		got, err := collect(c.Ctx, args[1:], opt)
		if err != nil {
			return command.Result{}, err
		}
		for _, r := range got.Files {
			if r.Err != nil {
				c.Warn("cli.not_collected", judging.Args{"Path": r.File, "Detail": c.Text.Err(r.Err)})
			}
		}
		out := command.NewResult(got.Files, func(pr *command.Printer) { printCollected(pr, got, *dry) })
		if *dry {
			return out, nil
		}
		return out, unsettled(got)
	})
}

// readTakes reads answers: one for all, or WORK=ANSWER.
func readTakes(given []string) (collecting.Options, error) {
	opt := collecting.Options{TakeOf: map[judging.WorkCode]scoring.Take{}}
	for _, g := range given {
		work, take, one := strings.Cut(g, "=")
		switch {
		case one:
			opt.TakeOf[judging.WorkCode(strings.ToUpper(judging.Fold(work)))] = scoring.Take(take)
		case opt.Take != "" && opt.Take != scoring.Take(g):
			return opt, judging.Fail(judging.Invalid, "cli.bad_take", judging.Args{"Value": g})
		default:
			opt.Take = scoring.Take(g)
		}
	}
	return opt, nil
}

// unsettled is the error of a collection that did not take all it was given: the last file refused, or scores to be
// decided on.
func unsettled(got collecting.Collected) error {
	var failed error
	clashes := 0
	for _, r := range got.Files {
		if r.Err != nil {
			failed = command.Shown(r.Err)
		}
		clashes += len(r.Clashes)
	}
	if failed == nil && clashes > 0 {
		failed = judging.Fail(judging.Clash, "cli.collect_ask", judging.Args{"Count": clashes})
	}
	return failed
}

func printCollected(pr *command.Printer, got collecting.Collected, dry bool) {
	for _, r := range got.Files {
		pr.Complain(r.Problems, 50)
		pr.Accounts(r.Sheets)
		if r.Err == nil {
			printReport(pr, r, dry)
		}
	}
	switch {
	case got.ID != "":
		pr.Say("cli.collect_undo", judging.Args{"ID": got.ID})
	case !dry:
		pr.Say("cli.collect_nothing", nil)
	}
}

func printReport(pr *command.Printer, r collecting.Report, dry bool) {
	first, lower := 0, 0
	for _, ch := range r.Changed {
		if ch.First {
			first++
		} else if ch.Lower {
			lower++
		}
	}
	pr.Say("cli.collect_would", judging.Args{"File": r.File, "Judge": strings.TrimSpace(string(r.Judge) + " " + r.Name),
		"Read": r.Read, "New": first, "Changed": len(r.Changed) - first, "Lower": lower, "Same": r.Same,
		"Clashes": len(r.Clashes), "Incomplete": len(r.Incomplete), "Missing": len(r.Missing),
		"Problems": len(r.Problems)})
	if r.Blank {
		pr.Say("cli.collect_blank", nil)
	}
	for _, ch := range r.Changed {
		if !ch.First {
			pr.Say("cli.collect_change", judging.Args{"Work": ch.Code, "Old": points(ch.Old), "New": points(ch.New)})
		}
	}
	key := "cli.collect_clash"
	if dry {
		key = "cli.collect_clash_would"
	}
	for _, x := range r.Clashes {
		pr.Say(key, judging.Args{"Work": x.Code, "Old": scoreWord(pr, x.Contest), "New": scoreWord(pr, x.Packet)})
	}
	for _, ch := range r.Stale {
		pr.Say("cli.collect_stale", judging.Args{"Work": ch.Code, "Old": points(ch.Old), "New": points(ch.New)})
	}
	for _, p := range r.Incomplete {
		place := fmt.Sprintf("%s %d", p.Place.Sheet, p.Place.Row)
		pr.Say("cli.collect_part", judging.Args{"Place": strings.TrimSpace(place), "Work": p.Code,
			"Given": p.Given, "Of": p.Of, "Lacks": p.Lacks})
	}
	if len(r.Missing) > 0 && !r.Blank {
		works := make([]string, len(r.Missing))
		for i, w := range r.Missing {
			works[i] = string(w)
		}
		pr.Say("cli.collect_missing", judging.Args{"Works": strings.Join(works, " ")})
	}
}

func points(v float64) string { return judging.Exact(v).String() }

// scoreWord is a score as people read it: its total, or its state where it has none.
func scoreWord(pr *command.Printer, v judging.ScoreVersion) string {
	if v.State == judging.Scored || v.State == judging.Started {
		return points(v.Total)
	}
	return pr.Text.T("ballot.state_"+string(v.State), nil)
}

func scoresCollections(cmd *command.Command) command.Handler {
	cmd.Use("scores collections CONTEST", "scores collections 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Scoring().Collections(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			rows := [][]string{pr.Head("id", "at", "scores", "files", "note")}
			for _, x := range all {
				note := ""
				if !x.Undone.IsZero() {
					note = pr.Text.T("comments.undone", nil) + " " + x.Reason
				}
				rows = append(rows, []string{x.ID, x.At.Local().Format("2006-01-02 15:04:05"), fmt.Sprint(x.Scores),
					strings.Join(x.Files, " "), note})
			}
			pr.Table(rows)
		})
	})
}

func scoresUndoCollect(cmd *command.Command) command.Handler {
	cmd.Use("scores undo-collect CONTEST", "scores undo-collect 2020.fayi --reason 收错了文件夹")
	id := cmd.Str("collection", "ID", "flag.collection")
	reason := cmd.Must("reason", "R", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		x, err := o.Scoring().UndoCollect(c.Ctx, *id, *reason)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(x, func(pr *command.Printer) {
			pr.Say("cli.collect_undone", judging.Args{"ID": x.ID, "Count": x.Scores})
		})
	})
}

func scoresClashes(cmd *command.Command) command.Handler {
	cmd.Use("scores clashes CONTEST", "scores clashes 2020.fayi --judge j001 --work w000012 --take sheet")
	judge := cmd.Str("judge", "J", "flag.judge")
	work := cmd.Str("work", "W", "flag.work")
	take := cmd.Str("take", "sheet|packet|desk|entered|contest", "flag.take")
	cmd.Limit(command.AllOrNone, "judge", "work", "take")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if cmd.Has("take") {
			err := o.Scoring().ResolveClash(c.Ctx, judging.JudgeID(*judge), *work, scoring.Take(*take))
			if err != nil {
				return command.Result{}, err
			}
			return command.Answer(map[string]any{"ok": true}, func(pr *command.Printer) {
				pr.Say("packet.resolved", judging.Args{"Judge": *judge, "Work": *work})
			})
		}
		all, err := o.Scoring().Clashes(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) { listClashes(pr, all) })
	})
}

func listClashes(pr *command.Printer, all []scoring.PacketClash) {
	if len(all) == 0 {
		pr.Say("cli.no_clashes", nil)
	}
	for _, x := range all {
		pr.Say("cli.clash_line", judging.Args{"Judge": x.Judge, "Name": x.Name, "Work": x.Code,
			"Old": scoreWord(pr, x.Contest), "New": scoreWord(pr, x.Packet), "File": x.Packet.File, "Take": x.Take,
			"Source": pr.Text.T("score.source_"+string(x.Packet.Source), nil)})
	}
}
