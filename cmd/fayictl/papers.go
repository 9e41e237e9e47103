package main

import (
	"fmt"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/awards"
	"fayi/judging/office/results"
	"fayi/judging/office/rules"
)

// written reads the one argument and --out, runs write on the contest and prints what it answers.
func (c *call) written(write func(o *office.Office, path string) (any, error), told func(answer any, path string)) error {
	fs := c.flags()
	out := fs.String("out", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *out == "" {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		answer, err := write(o, *out)
		if err != nil {
			return err
		}
		return c.answer(c.paperInWords(answer), func() { told(answer, *out) })
	})
}

// paperInWords puts the words of what a paper went out with in place of their keys.
func (c *call) paperInWords(answer any) any {
	switch r := answer.(type) {
	case awards.NoticeReport:
		r.Open = c.inWords(r.Open)
		return r
	case results.MatrixReport:
		r.Open = c.inWords(r.Open)
		return r
	case results.Statistics:
		r.Open = c.inWords(r.Open)
		return r
	}
	return answer
}

func reportRules(c *call) error {
	return c.written(func(o *office.Office, path string) (any, error) {
		return o.RuleBook().ReportRules(c.ctx, path, c.text.T)
	}, func(answer any, path string) {
		r := answer.(rules.RuleReport)
		c.say("report.rules_written", judging.Args{"Version": r.Version, "Hash": r.Hash, "Path": path})
	})
}

func reportNotice(c *call) error {
	return c.written(func(o *office.Office, path string) (any, error) {
		return o.Awards().ReportNotice(c.ctx, path, c.text.T)
	}, func(answer any, path string) {
		r := answer.(awards.NoticeReport)
		key := "noticelist.written"
		if r.Draft {
			key = "noticelist.draft_written"
		}
		c.say(key, judging.Args{"Awards": r.Awards, "Units": r.Units, "Mentors": r.Mentors, "Path": path})
		c.tellPoints(r.Open)
	})
}

func reportMatrix(c *call) error {
	return c.written(func(o *office.Office, path string) (any, error) {
		return o.Results().ReportMatrix(c.ctx, path, c.text.T)
	}, func(answer any, path string) {
		r := answer.(results.MatrixReport)
		c.say("report.matrix_written", judging.Args{"Works": r.Works, "Judges": r.Judges, "Scores": r.Scores, "Path": path})
		c.tellPoints(r.Open)
	})
}

// reportStatistics prints the counts; with --out it writes them too.
func reportStatistics(c *call) error {
	fs := c.flags()
	out := fs.String("out", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		count := o.Results().Statistics
		var s results.Statistics
		if *out != "" {
			s, err = o.Results().ReportStatistics(c.ctx, *out, c.text.T)
		} else {
			s, err = count(c.ctx)
		}
		if err != nil {
			return err
		}
		return c.answer(c.paperInWords(s), func() {
			rows := [][]string{c.head("name", "works", "accepted", "award")}
			for _, list := range [][]results.StatCount{s.Categories, s.Groups, s.Units} {
				for _, n := range list {
					rows = append(rows, []string{n.Name, fmt.Sprint(n.Works), fmt.Sprint(n.Accepted), fmt.Sprint(n.Awards)})
				}
			}
			c.table(rows)
			if *out != "" {
				c.say("report.written", judging.Args{"Path": *out})
			}
			c.tellPoints(s.Open)
		})
	})
}
