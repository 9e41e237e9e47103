package contest

import (
	"os"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/packet"
	"fayi/judging/store/archive"
	"fayi/judging/store/mirror"
)

func contestArchive(cmd *command.Command) command.Handler {
	cmd.Use("contest archive CONTEST", "contest archive 2020.fayi --out /media/usb/2020.fayiarchive --seal")
	out := cmd.Must("out", "FILE.fayiarchive", "flag.archive")
	seal := cmd.Yes("seal", "flag.seal_archive")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		phrase := ""
		if *seal {
			var err error
			if phrase, err = phraseOrDrawn(c); err != nil {
				return command.Result{}, err
			}
		}
		bar := c.Bar("archive.writing")
		r, err := o.Copies().Archive(c.Ctx, *out, phrase, func(done, total int64) {
			bar.Step(int(done>>10), int(total>>10))
		})
		bar.Done()
		if err != nil {
			return command.Result{}, err
		}
		doc := sealedArchive{Report: r}
		if os.Getenv(command.PhraseVariable) == "" {
			doc.Phrase = phrase
		}
		return command.Answer(doc, func(pr *command.Printer) {
			pr.Say("archive.written", judging.Args{"File": r.File, "Count": r.Files, "MB": megabytes(r.Bytes)})
			sayDamaged(pr, "archive.damaged", r.Damaged)
			if doc.Phrase != "" {
				pr.Say("archive.phrase", judging.Args{"Phrase": doc.Phrase})
			}
		})
	})
}

// phraseOrDrawn returns the phrase of the environment, or one drawn by chance.
func phraseOrDrawn(c *command.Call) (string, error) {
	if phrase := os.Getenv(command.PhraseVariable); phrase != "" {
		return phrase, nil
	}
	return packet.NewPassphrase(c.Random())
}

// sealedArchive is an archive that was written, with the phrase that was drawn for it.
type sealedArchive struct {
	archive.Report
	Phrase string `json:"phrase,omitempty"`
}

// megabytes rounds up, so that something is never said to be nothing.
func megabytes(bytes int64) int64 { return (bytes + 1<<20 - 1) >> 20 }

func sayDamaged(pr *command.Printer, key string, sums []string) {
	if len(sums) > 0 {
		pr.Say(key, judging.Args{"Count": len(sums)})
	}
}

func contestUnarchive(cmd *command.Command) command.Handler {
	cmd.Use("contest unarchive ARCHIVE", "contest unarchive 2020.fayiarchive --out 2020.fayi")
	// a wrong phrase, a folder that is taken, a damaged archive
	cmd.Ends(judging.Forbidden, judging.Clash, judging.Corrupt)
	out := cmd.Must("out", "CONTEST", "flag.unarchive")
	return func(c *command.Call, args []string) (command.Result, error) {
		bar := c.Bar("archive.reading")
		r, err := c.Door.Unarchive(
			c.Ctx, args[0], *out, os.Getenv(command.PhraseVariable),
			func(done, total int64) { bar.Step(int(done>>10), int(total>>10)) },
		)
		bar.Done()
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(r, func(pr *command.Printer) {
			pr.Say("archive.read", judging.Args{"Name": r.Contest, "Path": *out, "Count": r.Files})
			sayDamaged(pr, "archive.damaged", r.Damaged)
		})
	}
}

func contestMirror(cmd *command.Command) command.Handler {
	cmd.Use("contest mirror CONTEST", "contest mirror 2020.fayi --to /media/second --verify")
	to := cmd.Must("to", "DIR", "flag.mirror")
	verify := cmd.Yes("verify", "flag.verify_mirror")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		bar := c.Bar("mirror.copying")
		r, err := o.Copies().Mirror(c.Ctx, *to, *verify, bar.Step)
		bar.Done()
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(r, func(pr *command.Printer) { sayMirror(pr, "mirror.copied", r) })
	})
}

func sayMirror(pr *command.Printer, key string, r mirror.Report) {
	pr.Say(key, judging.Args{"Path": r.Dir, "Copied": r.Copied, "MB": megabytes(r.Bytes), "Kept": r.Kept,
		"Repaired": len(r.Repaired)})
	sayDamaged(pr, "mirror.damaged", r.Damaged)
}

func contestHeal(cmd *command.Command) command.Handler {
	cmd.Use("contest heal CONTEST", "contest heal 2020.fayi --from /media/second/2020.fayi")
	from := cmd.Must("from", "CONTEST", "flag.heal")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		bar := c.Bar("mirror.healing")
		r, err := o.Copies().Heal(c.Ctx, *from, bar.Step)
		bar.Done()
		if err != nil {
			return command.Result{}, err
		}
		if len(r.Damaged) > 0 {
			err = judging.Fail(judging.Corrupt, "mirror.not_healed", judging.Args{"Count": len(r.Damaged)})
		}
		return command.NewResult(r, func(pr *command.Printer) {
			pr.Say("mirror.healed", judging.Args{"Count": len(r.Repaired)})
		}), err
	})
}
