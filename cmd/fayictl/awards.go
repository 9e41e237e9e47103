package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/report"
	"fayi/judging/sample"
	"fayi/judging/store/bolt"
)

func awardsDecide(c *call) error {
	fs := c.flags()
	early := fs.Bool("early", false, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		var all []judging.Decision
		err := c.through(o, "decide", func() (err error) {
			all, err = o.Awards().DecideAwards(c.ctx, *early)
			return err
		})
		if err != nil {
			return err
		}
		return c.answer(all, func() { c.printDecisions(all) })
	})
}

func (c *call) printDecisions(all []judging.Decision) {
	total := 0
	for _, d := range all {
		total += len(d.Grants)
		for _, n := range d.Notes {
			c.say(n.Why, n.Args(strings.TrimSpace(d.Category+" "+d.Group)))
		}
	}
	c.say("cli.decided", judging.Args{"Lists": len(all), "Count": total})
}

func awardsList(c *call) error {
	return c.onContest(func(o *office.Office) error {
		all, err := o.Awards().ListAwards(c.ctx)
		if err != nil {
			return err
		}
		return c.answer(all, func() {
			rows := [][]string{c.head("category", "group", "award", "place", "title", "authors", "unit")}
			for _, a := range all {
				rows = append(rows, []string{a.Category, a.Group, a.Award, fmt.Sprint(a.Place), a.Title, strings.Join(a.Authors, "、"), a.Unit})
			}
			c.table(rows)
			decided, err := o.Awards().Decisions(c.ctx)
			if err == nil {
				c.printDecisions(decided)
			}
		})
	})
}

func reportAwards(c *call) error {
	fs := c.flags()
	var req report.AwardListRequest
	out := fs.String("out", "", "")
	fs.StringVar(&req.Title, "title", "", "")
	fs.BoolVar(&req.OneSheet, "one-sheet", false, "")
	fs.BoolVar(&req.Scores, "scores", false, "")
	fs.StringVar(&req.Form, "form", "", "")
	fs.StringVar(&req.Template, "template", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *out == "" {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		r, err := o.Report().WriteAwards(c.ctx, *out, req, c.text.T)
		if err != nil {
			return err
		}
		open := r.Open
		r.Open = c.inWords(open)
		return c.answer(r, func() {
			c.say("cli.awards_written", judging.Args{"Count": r.Awards, "Path": *out})
			c.tellPoints(open)
		})
	})
}

func rehearse(c *call) error {
	fs := c.flags()
	out := fs.String("out", "", "")
	seed := fs.Uint64("seed", 1, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *out == "" {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		db, blobs, err := bolt.Create(*out)
		if err != nil {
			return err
		}
		bar := c.bar("cli.rehearsing")
		copied, err := o.Rehearse(c.ctx, c.config(*out, office.Config{DB: db, Blobs: blobs}), *seed, bar.step)
		bar.done()
		if err != nil {
			return errors.Join(err, blobs.Close(), db.Close(), os.RemoveAll(*out))
		}
		defer copied.Close()
		return c.answer(map[string]any{"path": *out, "seed": *seed}, func() { c.say("cli.rehearsed", judging.Args{"Path": *out}) })
	})
}

func writeSample(c *call) error {
	fs := c.flags()
	seed := fs.Uint64("seed", 1, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	s, err := sample.Write(args[0], *seed)
	if err != nil {
		return err
	}
	return c.answer(s, func() { c.say("cli.sample_written", judging.Args{"Works": s.Works, "Path": args[0]}) })
}
