package assignment

import (
	"cmp"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
)

// ConflictsCommands are the commands of the noun conflicts, in the order of their work.
var ConflictsCommands = []command.Declaration{
	conflictsDeclare, conflictsList, conflictsSuspects, conflictsScores, conflictsSettle,
}

func conflictsDeclare(cmd *command.Command) command.Handler {
	cmd.Use("conflicts declare CONTEST", "conflicts declare 2020.fayi --judge j001 --work w000012 --reason 亲属")
	var said judging.Conflict
	cmd.MustVar((*string)(&said.Judge), "judge", "J", "flag.judge")
	cmd.StrVar((*string)(&said.Work), "work", "W", "flag.work")
	cmd.StrVar(&said.Unit, "unit", "UNIT", "flag.unit_conflict")
	cmd.StrVar(&said.Person, "person", "NAME", "flag.person_conflict")
	cmd.StrVar(&said.Reason, "reason", "REASON", "flag.reason")
	clear := cmd.Yes("clear", "flag.clear_conflict")
	return func(c *command.Call, args []string) (command.Result, error) {
		if *clear {
			said.Kind = judging.NoConflict
		}
		return c.With(args[0], func(o *office.Office) (command.Result, error) {
			if err := o.Assignment().DeclareConflict(c.Ctx, said); err != nil {
				return command.Result{}, err
			}
			return command.Answer(map[string]any{"ok": true}, func(pr *command.Printer) {
				pr.Say("cli.conflict_declared", judging.Args{"Judge": said.Judge})
			})
		})
	}
}

func conflictsList(cmd *command.Command) command.Handler {
	cmd.Use("conflicts list CONTEST", "conflicts list 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Assignment().Conflicts(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(command.OrEmpty(all), func(pr *command.Printer) {
			rows := [][]string{pr.Head("judge", "work", "unit", "name", "kind", "reason")}
			for _, s := range all {
				rows = append(rows, []string{string(s.Judge), string(s.Work), s.Unit, s.Person,
					pr.Text.T("conflict."+string(s.Kind), nil), s.Reason})
			}
			pr.Table(rows)
		})
	})
}

func conflictsSuspects(cmd *command.Command) command.Handler {
	cmd.Use("conflicts suspects CONTEST", "conflicts suspects 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Assignment().SuspectConflicts(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			rows := [][]string{pr.Head("judge", "name", "code", "title", "kind")}
			for _, s := range all {
				rows = append(rows, []string{string(s.Judge), s.JudgeName, string(s.Code),
					cmp.Or(s.Title, s.Person, s.Unit),
					pr.Text.T("conflict."+string(s.Kind), nil)})
			}
			pr.Table(rows)
		})
	})
}

// conflictsScores lists the scores that wait for a word because a conflict was declared after they were given.
func conflictsScores(cmd *command.Command) command.Handler {
	cmd.Use("conflicts scores CONTEST", "conflicts scores 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Scoring().ConflictedScores(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			for _, s := range all {
				pr.Line("%s  %s  %s  %s  %v", s.Judge, s.Name, s.Work, s.Code, s.Total)
			}
		})
	})
}

// conflictsSettle says what becomes of such a score.
func conflictsSettle(cmd *command.Command) command.Handler {
	cmd.Use("conflicts settle CONTEST", "conflicts settle 2020.fayi --judge j001 --work w000012 --void --reason 师生")
	judge := cmd.Must("judge", "J", "flag.judge")
	work := cmd.Must("work", "W", "flag.work")
	keep := cmd.Yes("keep", "flag.keep_score")
	cmd.Yes("void", "flag.void_score")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	cmd.Limit(command.ExactlyOne, "keep", "void")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		err := o.Scoring().SettleConflict(c.Ctx, judging.JudgeID(*judge), *work, *keep, *reason)
		if err != nil {
			return command.Result{}, err
		}
		key := "conflicts.score_void"
		if *keep {
			key = "conflicts.score_kept"
		}
		return command.Answer(map[string]any{"judge": *judge, "work": *work, "kept": *keep}, func(pr *command.Printer) {
			pr.Say(key, nil)
		})
	})
}
