package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/store/bolt"
)

// contestCommands are the commands of the noun contest, in the order of their work.
var contestCommands = []declaration{
	contestNew, contestShow, contestOpenPoints, contestRules, contestCheck, contestBackup, contestBackups, contestFind,
	contestRestore, contestJournal, contestPassword,
}

func contestNew(cmd *command) handler {
	cmd.use("contest new CONTEST", "contest new 2020.fayi --name 法治文化作品征集 --host 示例县司法局")
	name := cmd.given("name", "NAME", "flag.contest_name")
	host := cmd.str("host", "OFFICE", "flag.host")
	rules := cmd.str("rules", "FILE.toml", "flag.rules")
	return func(c *call, args []string) (result, error) {
		parsed, err := readRules(*rules)
		if err != nil {
			return result{}, err
		}
		db, blobs, err := bolt.Create(args[0])
		if err != nil {
			return result{}, err
		}
		o, err := office.Create(c.ctx, c.config(args[0], office.Config{DB: db, Blobs: blobs}), *name, *host, parsed)
		if err != nil {
			return result{}, errors.Join(err, blobs.Close(), db.Close(), os.RemoveAll(args[0]))
		}
		defer o.Close()
		contest, err := o.Contest(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(map[string]any{"id": contest.ID, "name": contest.Name, "path": args[0]}, func(pr *printer) {
			pr.say("cli.contest_made", judging.Args{"Name": contest.Name, "Path": args[0]})
		})
	}
}

// shownContest is a contest at a glance with what is open in it.
type shownContest struct {
	office.Summary
	Open []pointJSON `json:"open_points"`
}

func contestShow(cmd *command) handler {
	cmd.use("contest show CONTEST", "contest show 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		s, err := o.ShowContest(c.ctx)
		if err != nil {
			return result{}, err
		}
		s.Key = nil
		open, err := o.OpenPoints(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(shownContest{s, pointsInWords(c, open)}, func(pr *printer) {
			pr.say("cli.contest_show", judging.Args{"Name": s.Title(), "Works": s.Works[judging.Accepted],
				"Judges": s.Judges, "NoFiles": s.NoFiles, "Rules": s.Rules})
			if s.Plan != nil {
				pr.say("cli.contest_plan", judging.Args{"Plan": s.Plan.ID,
					"State": pr.text.T("plan.state_"+string(s.Plan.State), nil), "Done": s.Scored,
					"Total": s.Plan.Pairs})
			}
			if s.Granted > 0 {
				pr.say("cli.contest_awards", judging.Args{"Count": s.Granted})
			}
			printPoints(pr, open)
		})
	})
}

func contestCheck(cmd *command) handler {
	cmd.use("contest check CONTEST", "contest check 2020.fayi --against 128-3fa9c01b")
	against := cmd.str("against", "MARK|BACKUP.db", "flag.against")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		r, err := o.CheckContest(c.ctx, *against, nil)
		if err != nil {
			return result{}, err
		}
		switch {
		case !r.Continues:
			err = judging.Fail(judging.Corrupt, "contest.other_journal", judging.Args{"Mark": *against})
		case !r.OK:
			err = judging.Fail(judging.Corrupt, "contest.check_failed", nil)
		}
		return newResult(r, func(pr *printer) { check(pr, r) }), err
	})
}

// check says what a check read, and each record that is not what it should be.
func check(pr *printer, r office.CheckReport) {
	pr.say("cli.contest_check", judging.Args{"Entries": r.JournalEntries, "Blobs": r.Blobs,
		"Missing": len(r.BlobsMissing), "Corrupt": len(r.BlobsCorrupt), "Records": r.Vouched})
	for _, p := range r.Altered {
		pr.say("check.altered", judging.Args{"Record": p.Table + "/" + p.ID})
	}
	for _, list := range []struct {
		key   string
		names []string
	}{{"check.disputed", r.Disputed}, {"check.gone", r.Gone}, {"check.total", r.WrongTotals}} {
		for _, name := range list.names {
			pr.say(list.key, judging.Args{"Record": name})
		}
	}
	if !r.JournalOK {
		pr.say("check.journal", nil)
	}
	if r.Store != "ok" {
		pr.say("check.store", nil)
	}
	if r.Mark != "" {
		pr.say("check.mark", judging.Args{"Mark": r.Mark})
	}
	if r.Backup != "" {
		pr.say("check.backup", judging.Args{"Path": r.Backup})
	}
}

func contestBackup(cmd *command) handler {
	cmd.use("contest backup CONTEST", "contest backup 2020.fayi")
	before := cmd.str("before", "open|import|publish|awards|round|notice", "flag.before")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		if *before != "" {
			return c.answered(o.AutoBackup(c.ctx, *before), "cli.contest_backed_up", nil)
		}
		path, err := o.BackupContest(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(map[string]any{"path": path}, func(pr *printer) {
			pr.say("cli.contest_backup", judging.Args{"Path": path})
		})
	})
}

func contestRestore(cmd *command) handler {
	cmd.use("contest restore CONTEST", "contest restore 2020.fayi --from 2020.fayi/backups/contest-20200512.db")
	from := cmd.must("from", "BACKUP.db", "flag.from_backup")
	return func(c *call, args []string) (result, error) {
		was, err := mayRestore(c, args[0])
		if err != nil {
			return result{}, err
		}
		kept := "before-restore-" + c.now().UTC().Format("20060102-150405") + ".db"
		old, err := bolt.Restore(c.ctx, args[0], *from, kept, office.SameContest)
		if err != nil {
			return result{}, err
		}
		_, err = c.with(args[0], func(o *office.Office) (result, error) {
			return result{}, o.NoteRestored(c.ctx, was)
		})
		if err != nil {
			return result{}, err
		}
		return answer(map[string]any{"restored": *from, "kept": old}, func(pr *printer) {
			pr.say("cli.contest_restored", judging.Args{"Path": *from, "Kept": old})
		})
	}
}

// mayRestore asks whether a contest may be replaced; one that can't be read any more is what restoring is for.
func mayRestore(c *call, dir string) (was office.State, err error) {
	_, err = c.with(dir, func(o *office.Office) (result, error) {
		was, err = o.MayRestore(c.ctx, os.Getenv(passwordVariable))
		return result{}, err
	})
	if code := judging.CodeOf(err); code == judging.Corrupt || code == judging.NotFound {
		return was, nil
	}
	return was, err
}

func contestBackups(cmd *command) handler {
	cmd.use("contest backups CONTEST", "contest backups 2020.fayi")
	look := cmd.str("look", "BACKUP.db", "flag.look")
	return func(c *call, args []string) (result, error) {
		if *look != "" {
			return lookInto(c, *look)
		}
		return c.with(args[0], func(o *office.Office) (result, error) {
			all, err := o.Backups(c.ctx)
			if err != nil {
				return result{}, err
			}
			return answer(all, func(pr *printer) {
				for _, b := range all {
					fmt.Fprintf(pr.out, "%s  %s  %d KB  %s\n", b.At.Format("2006-01-02 15:04:05"),
						pr.text.T("backup.why_"+b.Why, nil), b.Bytes>>10, b.Path)
				}
			})
		})
	}
}

// lookInto says what a backup holds.
func lookInto(c *call, path string) (result, error) {
	db, err := bolt.Open(path, bolt.Options{ReadOnly: true})
	if err != nil {
		return result{}, err
	}
	p, err := office.PeekStore(c.ctx, db)
	if err = firstError(err, db.Close()); err != nil {
		return result{}, err
	}
	return answer(p, func(pr *printer) {
		pr.say("backup.holds", judging.Args{"Name": p.Title(), "Works": p.Works[judging.Accepted], "Judges": p.Judges,
			"Scored": p.Scored, "Last": p.Last.Format("2006-01-02 15:04")})
	})
}

func contestFind(cmd *command) handler {
	cmd.use("contest find CONTEST TEXT...", "contest find 2020.fayi 宪法")
	return onContest(func(c *call, o *office.Office, args []string) (result, error) {
		f, err := o.Finder(c.ctx)
		if err != nil {
			return result{}, err
		}
		hits, total := f.Find(strings.Join(args[1:], " "), 50)
		if hits == nil {
			hits = []office.Hit{}
		}
		return answer(map[string]any{"hits": hits, "total": total}, func(pr *printer) {
			for _, h := range hits {
				fmt.Fprintf(pr.out, "%s  %s  %s\n", h.ID, h.Title, h.Note)
			}
			pr.say("backup.found", judging.Args{"Count": total})
		})
	})
}

func contestJournal(cmd *command) handler {
	cmd.use("contest journal CONTEST", "contest journal 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		entries, err := o.Journal(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(entries, func(pr *printer) {
			for _, e := range entries {
				fmt.Fprintf(pr.out, "%d  %s  %s  %s  %s\n", e.Seq, e.At.Format("2006-01-02 15:04:05"), e.By, e.Verb,
					e.Of)
			}
		})
	})
}
