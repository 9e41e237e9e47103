package contest

import (
	"os"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
)

// ContestCommands are the commands of the noun contest, in the order of their work.
var ContestCommands = []command.Declaration{
	contestNew, contestPrepare, contestShow, contestOpenPoints, contestRules, contestCheck, contestBackup,
	contestBackups, contestFind, contestRestore, contestArchive, contestUnarchive, contestMirror, contestHeal,
	contestJournal, contestPassword, contestShare, contestJoin, contestLeave, contestLog, contestDepot,
}

// shownContest is a contest at a glance with what is open in it.
type shownContest struct {
	office.Summary
	Open []pointJSON `json:"open_points"`
	Look bool        `json:"read_only"` // it lies where nothing can be written
}

func contestShow(cmd *command.Command) command.Handler {
	cmd.Use("contest show CONTEST", "contest show 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		s, err := o.ShowContest(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		s.Key = nil
		open, err := o.OpenPoints(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(shownContest{s, pointsInWords(c, open), o.ReadOnly()}, func(pr *command.Printer) {
			pr.Say("cli.contest_show", judging.Args{"Name": s.Title(), "Works": s.Works[judging.Accepted],
				"Judges": s.Judges, "NoFiles": s.NoFiles, "Rules": s.Rules})
			if o.ReadOnly() {
				pr.Say("cli.contest_read_only", nil)
			}
			if s.Plan != nil {
				pr.Say("cli.contest_plan", judging.Args{"Plan": s.Plan.ID,
					"State": pr.Text.T("plan.state_"+string(s.Plan.State), nil), "Done": s.Scored,
					"Total": s.Plan.Pairs})
			}
			if s.Granted > 0 {
				pr.Say("cli.contest_awards", judging.Args{"Count": s.Granted})
			}
			printPoints(pr, open)
		})
	})
}

func contestCheck(cmd *command.Command) command.Handler {
	cmd.Use("contest check CONTEST", "contest check 2020.fayi --against 128-3fa9c01b")
	cmd.Ends(judging.Clash)
	against := cmd.Str("against", "MARK|FILE", "flag.against")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if strings.HasSuffix(*against, ".db") { // one that another password seals is known from here on
			if _, err := c.Door.Peek(c.Ctx, *against, c.Unlock); err != nil {
				return command.Result{}, err
			}
		}
		r, err := o.CheckContest(office.WithPhrase(c.Ctx, os.Getenv(command.PhraseVariable)), *against, nil)
		if err != nil {
			return command.Result{}, err
		}
		switch {
		case !r.Continues:
			err = judging.Fail(judging.Corrupt, "contest.other_journal", judging.Args{"Mark": r.Against.Mark})
		case !r.OK:
			err = judging.Fail(judging.Corrupt, "contest.check_failed", nil)
		}
		return command.NewResult(r, func(pr *command.Printer) { check(pr, r) }), err
	})
}

// check says what a check read, and each record that is not what it should be.
func check(pr *command.Printer, r office.CheckReport) {
	pr.Say("cli.contest_check", judging.Args{"Entries": r.JournalEntries, "Blobs": r.Blobs,
		"Missing": len(r.BlobsMissing), "Corrupt": len(r.BlobsCorrupt), "Records": r.Vouched})
	if r.Replies > 0 {
		pr.Say("check.replies", judging.Args{"Count": r.Replies})
	}
	if a := r.Against; a != nil {
		with := pr.Text.T("check.with_"+a.Kind, judging.Args{"File": a.File, "Mark": a.Mark})
		pr.Say("check.is_"+string(a.Relation), judging.Args{"With": with})
	}
	for _, f := range r.Found {
		words := command.FoundWords(pr.Text, f.What)
		if f.Now {
			pr.Say("check.found_now", judging.Args{"What": words})
			continue
		}
		pr.Say("check.found_before", judging.Args{"At": f.At.Local().Format("2006-01-02 15:04"), "What": words})
	}
	for _, p := range r.Altered {
		pr.Say("check.altered", judging.Args{"Record": p.Table + "/" + p.ID})
	}
	for _, list := range []struct {
		key   string
		names []string
	}{
		{"check.disputed", r.Disputed}, {"check.gone", r.Gone}, {"check.total", r.WrongTotals},
		{"check.tally", r.WrongTallies},
	} {
		for _, name := range list.names {
			pr.Say(list.key, judging.Args{"Record": name})
		}
	}
	if !r.JournalOK {
		pr.Say("check.journal", nil)
	}
	if r.Store != "ok" {
		pr.Say("check.store", nil)
	}
	if r.Mark != "" {
		pr.Say("check.mark", judging.Args{"Mark": r.Mark})
	}
	if r.Backup != "" {
		pr.Say("check.backup", judging.Args{"Path": r.Backup})
	}
}

func contestBackup(cmd *command.Command) command.Handler {
	cmd.Use("contest backup CONTEST", "contest backup 2020.fayi")
	before := cmd.Str("before", "open|import|publish|awards|round|notice", "flag.before")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if *before != "" {
			return c.Answered(o.AutoBackup(c.Ctx, *before), "cli.contest_backed_up", nil)
		}
		path, err := o.BackupContest(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"path": path}, func(pr *command.Printer) {
			pr.Say("cli.contest_backup", judging.Args{"Path": path})
		})
	})
}

func contestRestore(cmd *command.Command) command.Handler {
	cmd.Use("contest restore CONTEST", "contest restore 2020.fayi --from 2020.fayi/backups/contest-20200512.db")
	from := cmd.Must("from", "BACKUP.db", "flag.from_backup")
	dry := cmd.Yes("dry-run", "flag.restore_dry")
	return func(c *command.Call, args []string) (command.Result, error) {
		if *dry {
			return previewRestore(c, args[0], *from)
		}
		was, err := mayRestore(c, args[0], *from)
		if err != nil {
			return command.Result{}, err
		}
		kept := "before-restore-" + c.Now().UTC().Format("20060102-150405") + ".db"
		old, err := c.Door.Restore(c.Ctx, args[0], *from, kept, c.Unlock)
		if err != nil {
			return command.Result{}, err
		}
		_, err = c.With(args[0], func(o *office.Office) (command.Result, error) {
			return command.Result{}, o.NoteRestored(c.Ctx, was)
		})
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"restored": *from, "kept": old}, func(pr *command.Printer) {
			pr.Say("cli.contest_restored", judging.Args{"Path": *from, "Kept": old})
		})
	}
}

// mayRestore asks whether a contest may be replaced; one that can't be read any more is what restoring is for. Nobody
// can be asked for the password of that one: it is the backup's own that is asked for, if it has one.
func mayRestore(c *command.Call, dir, from string) (was office.State, err error) {
	_, err = c.With(dir, func(o *office.Office) (command.Result, error) {
		was, err = o.MayRestore(c.Ctx, os.Getenv(command.PasswordVariable))
		return command.Result{}, err
	})
	if code := judging.CodeOf(err); code == judging.Corrupt || code == judging.NotFound {
		return was, c.ProveCopy(from)
	}
	return was, err
}

func contestBackups(cmd *command.Command) command.Handler {
	cmd.Use("contest backups CONTEST", "contest backups 2020.fayi")
	look := cmd.Str("look", "BACKUP.db", "flag.look")
	return func(c *command.Call, args []string) (command.Result, error) {
		if *look != "" {
			return lookInto(c, *look)
		}
		return c.With(args[0], func(o *office.Office) (command.Result, error) {
			all, err := o.Backups(c.Ctx)
			if err != nil {
				return command.Result{}, err
			}
			return command.Answer(all, func(pr *command.Printer) {
				for _, b := range all {
					pr.Line("%s  %s  %d KB  %s", b.At.Format("2006-01-02 15:04:05"),
						pr.Text.T("backup.why_"+b.Why, nil), b.Bytes>>10, b.Path)
				}
			})
		})
	}
}

// lookInto says what a backup holds.
func lookInto(c *command.Call, path string) (command.Result, error) {
	p, err := c.Door.Peek(c.Ctx, path, c.Unlock)
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(p, func(pr *command.Printer) {
		pr.Say("backup.holds", judging.Args{"Name": p.Title(), "Works": p.Works[judging.Accepted], "Judges": p.Judges,
			"Scored": p.Scored, "Last": p.Last.Format("2006-01-02 15:04")})
	})
}

func contestFind(cmd *command.Command) command.Handler {
	cmd.Use("contest find CONTEST TEXT...", "contest find 2020.fayi 宪法")
	return command.OnContest(func(c *command.Call, o *office.Office, args []string) (command.Result, error) {
		f, err := o.Finder(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		hits, total := f.Find(strings.Join(args[1:], " "), 50)
		if hits == nil {
			hits = []office.Hit{}
		}
		return command.Answer(map[string]any{"hits": hits, "total": total}, func(pr *command.Printer) {
			for _, h := range hits {
				pr.Line("%s  %s  %s", h.ID, h.Title, h.Note)
			}
			pr.Say("backup.found", judging.Args{"Count": total})
		})
	})
}

func contestJournal(cmd *command.Command) command.Handler {
	cmd.Use("contest journal CONTEST", "contest journal 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		entries, err := o.Journal(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		names, err := office.Names(c.Ctx, o)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(entries, func(pr *command.Printer) {
			for _, e := range entries {
				pr.Line("%d  %s  %s  %s  %s", e.Seq, e.At.Format("2006-01-02 15:04:05"),
					office.ReadDeed(e).Words(pr.Text.T, names), did(pr, e), names[e.Of])
			}
		})
	})
}

// did says what an entry of the journal did.
func did(pr *command.Printer, e judging.Entry) string {
	key, args := office.Tale(e, 1)
	if words := pr.Text.T(key, args); words != key {
		return words
	}
	return pr.Text.T("app.tale_other", nil)
}
