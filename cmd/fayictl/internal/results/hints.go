package results

import (
	"time"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/hints"
)

// moment writes when a mark was changed, by the clock of this computer.
func moment(t time.Time) string { return t.Local().Format("2006-01-02 15:04") }

// judgesHints lists what in the scores a person should look at, those looked at already too.
func judgesHints(cmd *command.Command) command.Handler {
	cmd.Use("judges hints CONTEST", "judges hints 2020.fayi")
	cmd.Ends(judging.Invalid) // a round without marks
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.Hints().List(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(all, func(pr *command.Printer) {
			for _, h := range all {
				printHint(pr, h)
			}
			if len(all) == 0 {
				pr.Say("hints.nothing", nil)
				return
			}
			pr.Say("hints.about", nil)
		})
	})
}

func printHint(pr *command.Printer, h hints.Hint) {
	pr.Line("%s  %s", h.ID, pr.Text.T(h.Sentence(moment)))
	if h.Note != nil {
		pr.Say("hints.cli_noted", judging.Args{"Reason": h.Note.Reason, "By": h.Note.By, "At": moment(h.Note.At)})
	}
}

// judgesNoteHint keeps that a person looked at a hint.
func judgesNoteHint(cmd *command.Command) command.Handler {
	cmd.Use("judges note-hint CONTEST HINT", "judges note-hint 2020.fayi h1a2b3c4d --reason 已核对，无异常")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, args []string) (command.Result, error) {
		h, err := o.Hints().Note(c.Ctx, args[1], *reason)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(h, func(pr *command.Printer) { printHint(pr, h) })
	})
}

// judgesRecallNote opens a hint again.
func judgesRecallNote(cmd *command.Command) command.Handler {
	cmd.Use("judges recall-note CONTEST HINT", "judges recall-note 2020.fayi h1a2b3c4d --reason 要再看")
	reason := cmd.Str("reason", "REASON", "flag.reason")
	return command.OnContest(func(c *command.Call, o *office.Office, args []string) (command.Result, error) {
		if err := o.Hints().Recall(c.Ctx, args[1], *reason); err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"ok": true}, func(pr *command.Printer) {
			pr.Say("hints.cli_recalled", judging.Args{"Hint": args[1]})
		})
	})
}
