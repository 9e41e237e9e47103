package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/awards"
	"fayi/judging/office/rules"
	"fayi/judging/store/bolt"
)

func contestNew(c *call) error {
	fs := c.flags()
	name := fs.String("name", "", "")
	host := fs.String("host", "", "")
	rules := fs.String("rules", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	parsed, err := readRules(*rules)
	if err != nil {
		return err
	}
	db, blobs, err := bolt.Create(args[0])
	if err != nil {
		return err
	}
	o, err := office.Create(c.ctx, c.config(args[0], office.Config{DB: db, Blobs: blobs}), *name, *host, parsed)
	if err != nil {
		return errors.Join(err, blobs.Close(), db.Close(), os.RemoveAll(args[0]))
	}
	defer o.Close()
	contest, err := o.Contest(c.ctx)
	if err != nil {
		return err
	}
	return c.answer(map[string]any{"id": contest.ID, "name": contest.Name, "path": args[0]}, func() {
		c.say("cli.contest_made", judging.Args{"Name": contest.Name, "Path": args[0]})
	})
}

// readRules reads a rule file, or the bundled one when path is empty.
func readRules(path string) (judging.Rules, error) {
	if path == "" {
		return rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	}
	f, err := openInput(path)
	if err != nil {
		return judging.Rules{}, err
	}
	defer f.Close()
	return rules.ParseRules(f)
}

// shownContest is a contest at a glance with what is open in it.
type shownContest struct {
	office.Summary
	Open []office.Point `json:"open_points"`
}

func contestShow(c *call) error {
	return c.onContest(func(o *office.Office) error {
		s, err := o.ShowContest(c.ctx)
		if err != nil {
			return err
		}
		s.Key = nil
		open, err := o.OpenPoints(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(shownContest{s, c.inWords(open)}, func() {
			c.say("cli.contest_show", judging.Args{"Name": s.Title(), "Works": s.Works[judging.Accepted], "Judges": s.Judges, "NoFiles": s.NoFiles, "Rules": s.Rules})
			if s.Plan != nil {
				c.say("cli.contest_plan", judging.Args{"Plan": s.Plan.ID, "State": c.text.T("plan.state_"+string(s.Plan.State), nil), "Done": s.Scored, "Total": s.Plan.Pairs})
			}
			if s.Granted > 0 {
				c.say("cli.contest_awards", judging.Args{"Count": s.Granted})
			}
			c.printPoints(open)
		})
	})
}

// onContest opens the contest that is the only argument and runs fn.
func (c *call) onContest(fn func(*office.Office) error) error {
	args, err := c.parse(c.flags(), 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], fn)
}

func contestCheck(c *call) error {
	return c.onContest(func(o *office.Office) error {
		r, err := o.CheckContest(c.ctx, nil)
		if err != nil {
			return err
		}
		err = c.answer(r, func() {
			c.say("cli.contest_check", judging.Args{"Entries": r.JournalEntries, "Blobs": r.Blobs, "Missing": len(r.BlobsMissing), "Corrupt": len(r.BlobsCorrupt)})
		})
		if err == nil && !r.OK {
			err = judging.Fail(judging.Corrupt, "contest.check_failed", nil)
		}
		return err
	})
}

func contestBackup(c *call) error {
	fs := c.flags()
	before := fs.String("before", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		if *before != "" {
			return o.AutoBackup(c.ctx, *before)
		}
		path, err := o.BackupContest(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(map[string]any{"path": path}, func() { c.say("cli.contest_backup", judging.Args{"Path": path}) })
	})
}

func contestRestore(c *call) error {
	fs := c.flags()
	from := fs.String("from", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *from == "" {
		return firstError(err, c.misused(""))
	}
	was, err := c.mayRestore(args[0])
	if err != nil {
		return err
	}
	kept := "before-restore-" + c.now().UTC().Format("20060102-150405") + ".db"
	old, err := bolt.Restore(c.ctx, args[0], *from, kept)
	if err != nil {
		return err
	}
	if err := c.with(args[0], func(o *office.Office) error { return o.NoteRestored(c.ctx, was) }); err != nil {
		return err
	}
	return c.answer(map[string]any{"restored": *from, "kept": old}, func() { c.say("cli.contest_restored", judging.Args{"Path": *from, "Kept": old}) })
}

// mayRestore asks whether a contest may be replaced; one that can't be read any more is what restoring is for.
func (c *call) mayRestore(dir string) (was office.State, err error) {
	err = c.with(dir, func(o *office.Office) error {
		was, err = o.MayRestore(c.ctx, os.Getenv(passwordVariable))
		return err
	})
	if code := judging.CodeOf(err); code == judging.Corrupt || code == judging.NotFound {
		return was, nil
	}
	return was, err
}

func contestBackups(c *call) error {
	fs := c.flags()
	look := fs.String("look", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	if *look != "" {
		return c.lookInto(*look)
	}
	return c.with(args[0], func(o *office.Office) error {
		all, err := o.Backups(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(all, func() {
			for _, b := range all {
				fmt.Fprintf(c.out, "%s  %s  %d KB  %s\n", b.At.Format("2006-01-02 15:04:05"), c.text.T("backup.why_"+b.Why, nil), b.Bytes>>10, b.Path)
			}
		})
	})
}

// lookInto tells what a backup holds.
func (c *call) lookInto(path string) error {
	db, err := bolt.Open(path, bolt.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	p, err := office.PeekStore(c.ctx, db)
	if err = firstError(err, db.Close()); err != nil {
		return err
	}
	return c.answer(p, func() {
		c.say("backup.holds", judging.Args{"Name": p.Title(), "Works": p.Works[judging.Accepted], "Judges": p.Judges, "Scored": p.Scored, "Last": p.Last.Format("2006-01-02 15:04")})
	})
}

func contestFind(c *call) error {
	args, err := c.parse(c.flags(), 2, -1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		f, err := o.Finder(c.ctx)
		if err != nil {
			return err
		}
		hits, total := f.Find(strings.Join(args[1:], " "), 50)
		if hits == nil {
			hits = []office.Hit{}
		}
		return c.answer(map[string]any{"hits": hits, "total": total}, func() {
			for _, h := range hits {
				fmt.Fprintf(c.out, "%s  %s  %s\n", h.ID, h.Title, h.Note)
			}
			c.say("backup.found", judging.Args{"Count": total})
		})
	})
}

func contestRules(c *call) error {
	fs := c.flags()
	load, preview, set := fs.String("load", "", ""), fs.String("preview", "", ""), fs.String("set", "", "")
	accept := fs.Bool("accept", false, "")
	out := fs.String("out", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		if *load != "" {
			return c.loadRules(o, *load, *accept)
		}
		if *set != "" {
			return c.setRules(o, *set, *accept)
		}
		if *preview != "" {
			return c.previewRules(o, *preview)
		}
		if *out == "" {
			return o.RuleBook().ExportRules(c.ctx, c.out)
		}
		var b bytes.Buffer
		if err := o.RuleBook().ExportRules(c.ctx, &b); err != nil {
			return err
		}
		if err := os.WriteFile(*out, b.Bytes(), 0o644); err != nil {
			return unwritable(*out, err)
		}
		c.say("cli.written", judging.Args{"Path": *out})
		return nil
	})
}

func (c *call) loadRules(o *office.Office, path string, accept bool) error {
	f, err := openInput(path)
	if err != nil {
		return err
	}
	defer f.Close()
	rules, err := o.RuleBook().LoadRules(c.ctx, f, accept)
	return c.rulesSaved(rules, err)
}

func (c *call) rulesSaved(rules judging.Rules, err error) error {
	if err != nil {
		return err
	}
	return c.answer(map[string]any{"version": rules.Version, "hash": rules.Hash()}, func() { c.say("cli.rules_loaded", judging.Args{"Version": rules.Version}) })
}

// setRules changes single rules, written as in a rule file. What would change and is not accepted is told, and nothing is changed.
func (c *call) setRules(o *office.Office, text string, accept bool) error {
	next, err := o.Rules(c.ctx)
	if err == nil {
		next, err = rules.AmendRules(next, text)
	}
	if err != nil {
		return err
	}
	if !accept {
		e, err := o.RuleBook().WeighRules(c.ctx, next)
		if err != nil {
			return err
		}
		if e.Changes() {
			return firstError(c.tellEffect(e), judging.Fail(judging.Clash, "rules.effect_unseen", judging.Args{"Places": len(e.Places), "Awards": len(e.Awards)}))
		}
	}
	next, err = o.RuleBook().SaveRules(c.ctx, next, accept)
	return c.rulesSaved(next, err)
}

// previewRules tells what the rules of a file would change.
func (c *call) previewRules(o *office.Office, path string) error {
	f, err := openInput(path)
	if err != nil {
		return err
	}
	defer f.Close()
	e, err := o.RuleBook().PreviewRules(c.ctx, f)
	if err != nil {
		return err
	}
	return c.tellEffect(e)
}

func (c *call) tellEffect(e awards.RuleEffect) error {
	return c.answer(e, func() {
		for _, p := range e.Places {
			c.say("board.place_shift", judging.Args{"Work": p.Code, "Title": p.Title, "From": p.From, "To": p.To, "Was": p.OfficialWas, "Is": p.OfficialIs})
		}
		for _, a := range e.Awards {
			c.say("board.award_shift", judging.Args{"Work": a.Code, "Title": a.Title, "From": c.orNone(a.From), "To": c.orNone(a.To)})
		}
		c.say("board.rule_effect", judging.Args{"Places": len(e.Places), "Awards": len(e.Awards), "Hash": e.Hash})
	})
}

func contestJournal(c *call) error {
	return c.onContest(func(o *office.Office) error {
		entries, err := o.Journal(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(entries, func() {
			for _, e := range entries {
				fmt.Fprintf(c.out, "%d  %s  %s  %s  %s\n", e.Seq, e.At.Format("2006-01-02 15:04:05"), e.By, e.Verb, e.Of)
			}
		})
	})
}

func openInput(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil {
		code := judging.Unavailable
		if errors.Is(err, os.ErrNotExist) {
			code = judging.NotFound
		}
		return nil, judging.Fail(code, "cli.no_input", judging.Args{"Path": path}).Because(err)
	}
	return f, nil
}

func unwritable(path string, err error) error {
	return judging.Fail(judging.Unavailable, "cli.unwritable", judging.Args{"Path": path}).Because(err)
}
