package main

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// worksCorrect puts fields of works right, or takes a correction back.
func worksCorrect(cmd *command) handler {
	cmd.use("works correct CONTEST", "works correct 2020.fayi --work w000012 --set authors=张壹 --reason 公示期间更正")
	works := cmd.many("work", "W", "flag.correct_work")
	sets := cmd.many("set", "FIELD=VALUE", "flag.correct_set")
	reason := cmd.must("reason", "REASON", "flag.reason")
	undo := cmd.yes("undo", "flag.correct_undo")
	act := cmd.str("act", "ACT", "flag.correct_act")
	cmd.limit(exactlyOne, "work", "undo")
	return func(c *call, args []string) (result, error) {
		set, err := readFields(cmd, *sets)
		if err != nil {
			return result{}, err
		}
		return c.with(args[0], func(o *office.Office) (result, error) {
			if *undo {
				r, err := o.Intake().UndoCorrection(c.ctx, *act, *reason)
				return corrected(r, err, "cli.correction_undone")
			}
			r, err := o.Intake().CorrectWorks(c.ctx, intake.Correction{Works: *works, Set: set, Reason: *reason})
			return corrected(r, err, "cli.corrected")
		})
	}
}

// readFields reads FIELD=VALUE pairs; a field may be named as it is stored or as the language at hand calls it.
func readFields(cmd *command, pairs []string) (map[string]string, error) {
	set := map[string]string{}
	for _, pair := range pairs {
		field, value, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, cmd.misused("cli.bad_pair", judging.Args{"Flag": "--set", "Value": field})
		}
		field = judging.Tidy(field)
		for _, known := range judging.CorrectableFields {
			if field == fieldLabel(cmd.text.T, known) {
				field = known
			}
		}
		set[field] = value
	}
	return set, nil
}

// fieldLabel is what a language calls a field.
func fieldLabel(text func(string, map[string]any) string, field string) string {
	if name, ok := fieldNames[field]; ok {
		field = name
	}
	return text("field."+field, nil)
}

func corrected(r intake.CorrectionReport, err error, done string) (result, error) {
	if err != nil {
		return result{}, err
	}
	return answer(r, func(pr *printer) {
		if r.Act == "" {
			pr.say("cli.corrected_none", nil)
			return
		}
		for _, w := range r.Works {
			for _, ch := range w.Changes {
				fmt.Fprintf(pr.out, "~ %s  %s: %s → %s\n", w.Work, pr.fieldName(ch.Field), ch.Old, ch.New)
			}
		}
		pr.say(done, judging.Args{"Count": len(r.Works), "Act": r.Act})
		if len(r.Look) > 0 {
			pr.say("cli.look_again", judging.Args{"Count": len(r.Look)})
		}
		for _, d := range r.Reissue {
			pr.say("cli.reissue", judging.Args{"Kind": pr.text.T("cli.reissue_"+d.Kind, nil), "Name": d.Name,
				"Work": d.Work})
		}
	})
}

// worksHistory lists what was changed of a work.
func worksHistory(cmd *command) handler {
	cmd.use("works history CONTEST", "works history 2020.fayi --work w000012")
	work := cmd.must("work", "W", "flag.work")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.Intake().WorkHistory(c.ctx, *work)
		if err != nil {
			return result{}, err
		}
		return answer(all, func(pr *printer) {
			rows := [][]string{pr.head("at", "by", "field", "before", "after", "reason", "act")}
			for _, r := range all {
				for _, ch := range r.Changes {
					rows = append(rows, []string{r.At.Local().Format("2006-01-02 15:04"), r.By,
						pr.fieldName(ch.Field), ch.Old, ch.New, r.Reason, r.Act})
				}
			}
			pr.table(rows)
		})
	})
}
