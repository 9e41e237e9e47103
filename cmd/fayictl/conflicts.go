package main

import (
	"fmt"

	"fayi/judging"
	"fayi/judging/office"
)

// conflictsCommands are the commands of the noun conflicts, in the order of their work.
var conflictsCommands = []declaration{
	conflictsDeclare, conflictsList, conflictsSuspects, conflictsScores, conflictsSettle,
}

func conflictsDeclare(cmd *command) handler {
	cmd.use("conflicts declare CONTEST", "conflicts declare 2020.fayi --judge j001 --work w000012 --reason 亲属")
	var said judging.Conflict
	cmd.mustVar((*string)(&said.Judge), "judge", "J", "flag.judge")
	cmd.strVar((*string)(&said.Work), "work", "W", "flag.work")
	cmd.strVar(&said.Unit, "unit", "UNIT", "flag.unit_conflict")
	cmd.strVar(&said.Person, "person", "NAME", "flag.person_conflict")
	cmd.strVar(&said.Reason, "reason", "REASON", "flag.reason")
	clear := cmd.yes("clear", "flag.clear_conflict")
	return func(c *call, args []string) (result, error) {
		if *clear {
			said.Kind = judging.NoConflict
		}
		return c.with(args[0], func(o *office.Office) (result, error) {
			if err := o.Assignment().DeclareConflict(c.ctx, said); err != nil {
				return result{}, err
			}
			return answer(map[string]any{"ok": true}, func(pr *printer) {
				pr.say("cli.conflict_declared", judging.Args{"Judge": said.Judge})
			})
		})
	}
}

func conflictsList(cmd *command) handler {
	cmd.use("conflicts list CONTEST", "conflicts list 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Assignment().Conflicts(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(orEmpty(all), func(pr *printer) {
			rows := [][]string{pr.head("judge", "work", "unit", "name", "kind", "reason")}
			for _, s := range all {
				rows = append(rows, []string{string(s.Judge), string(s.Work), s.Unit, s.Person,
					pr.text.T("conflict."+string(s.Kind), nil), s.Reason})
			}
			pr.table(rows)
		})
	})
}

func conflictsSuspects(cmd *command) handler {
	cmd.use("conflicts suspects CONTEST", "conflicts suspects 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Assignment().SuspectConflicts(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(all, func(pr *printer) {
			rows := [][]string{pr.head("judge", "name", "code", "title", "kind")}
			for _, s := range all {
				rows = append(rows, []string{string(s.Judge), s.JudgeName, string(s.Code), s.Title,
					pr.text.T("conflict."+string(s.Kind), nil)})
			}
			pr.table(rows)
		})
	})
}

// conflictsScores lists the scores that wait for a word because a conflict was declared after they were given.
func conflictsScores(cmd *command) handler {
	cmd.use("conflicts scores CONTEST", "conflicts scores 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Scoring().ConflictedScores(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(all, func(pr *printer) {
			for _, s := range all {
				fmt.Fprintf(pr.out, "%s  %s  %s  %s  %v\n", s.Judge, s.Name, s.Work, s.Code, s.Total)
			}
		})
	})
}

// conflictsSettle says what becomes of such a score.
func conflictsSettle(cmd *command) handler {
	cmd.use("conflicts settle CONTEST", "conflicts settle 2020.fayi --judge j001 --work w000012 --void --reason 师生")
	judge := cmd.must("judge", "J", "flag.judge")
	work := cmd.must("work", "W", "flag.work")
	keep := cmd.yes("keep", "flag.keep_score")
	cmd.yes("void", "flag.void_score")
	reason := cmd.str("reason", "REASON", "flag.reason")
	cmd.limit(exactlyOne, "keep", "void")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		err := o.Scoring().SettleConflict(c.ctx, judging.JudgeID(*judge), *work, *keep, *reason)
		if err != nil {
			return result{}, err
		}
		key := "conflicts.score_void"
		if *keep {
			key = "conflicts.score_kept"
		}
		return answer(map[string]any{"judge": *judge, "work": *work, "kept": *keep}, func(pr *printer) {
			pr.say(key, nil)
		})
	})
}
