package main

import (
	"bytes"
	"fmt"
	"image/png"
	"os"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/review"
)

func worksBlind(c *call) error {
	fs := c.flags()
	prepare := fs.Bool("prepare", false, "")
	work := fs.String("work", "", "")
	out := fs.String("out", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		if *prepare {
			if err := c.prepareBlind(o, *work); err != nil {
				return err
			}
		}
		if *out != "" {
			open, err := o.Review().WriteBlindness(c.ctx, *out, c.text.T)
			if err != nil {
				return err
			}
			return c.answer(map[string]any{"open": open, "path": *out}, func() {
				c.say("blind.cli_open", judging.Args{"Open": open})
				c.say("cli.written", judging.Args{"Path": *out})
			})
		}
		return c.listBlindness(o)
	})
}

// prepareBlind makes the copies of all works, or of the one named.
func (c *call) prepareBlind(o *office.Office, work string) error {
	var ready review.BlindReady
	bar := c.bar("blind.cli_progress")
	w, err := judging.Work{}, error(nil)
	if work == "" {
		ready, err = o.Review().BlindWorks(c.ctx, bar.step)
	} else if w, err = o.Work(c.ctx, work); err == nil {
		ready, err = o.Review().PrepareBlind(c.ctx, w.ID)
	}
	bar.done()
	if err == nil && !c.json {
		c.say("blind.cli_prepared", judging.Args{"Files": ready.Files, "Clean": ready.Clean, "Failed": ready.Failed, "Names": ready.Names})
	}
	return err
}

func (c *call) listBlindness(o *office.Office) error {
	list, err := o.Review().BlindnessReport(c.ctx)
	if err != nil {
		return err
	}
	return c.answer(list, func() {
		rows, open := [][]string{{c.text.T("blind.col_code", nil), c.text.T("blind.col_title", nil), c.text.T("blind.col_file", nil), c.text.T("blind.col_needs", nil)}}, 0
		for _, s := range list {
			open += s.Open()
			if len(s.TitleNames) > 0 && !s.TitleLooked {
				rows = append(rows, []string{string(s.Code), s.Title, c.text.T("blind.in_title", nil), c.text.T("blind.need_names", nil)})
			}
			for _, f := range s.Files {
				if !f.Open() {
					continue
				}
				var needs []string
				for _, n := range f.Needs {
					needs = append(needs, c.text.T("blind.need_"+string(n), nil))
				}
				rows = append(rows, []string{string(s.Code), s.Title, fmt.Sprint(f.N), strings.Join(needs, "; ")})
			}
		}
		c.table(rows)
		c.say("blind.cli_open", judging.Args{"Open": open})
	})
}

func worksMask(c *call) error {
	fs := c.flags()
	var texts many
	work := fs.String("work", "", "")
	n := fs.Int("file", 0, "")
	fs.Var(&texts, "mask", "")
	clear := fs.Bool("clear", false, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	if *n < 1 || *clear != (len(texts) == 0) {
		return c.misused("")
	}
	var masks []judging.Mask
	for _, t := range texts {
		m, err := readMask(t)
		if err != nil {
			return err
		}
		masks = append(masks, m)
	}
	return c.with(args[0], func(o *office.Office) error {
		w, err := o.Work(c.ctx, *work)
		if err != nil {
			return err
		}
		if err := o.Review().SetMasks(c.ctx, w.ID, *n-1, masks); err != nil {
			return err
		}
		return c.answer(map[string]any{"work": w.ID, "file": *n, "masks": orEmpty(masks)}, func() {
			c.say("blind.cli_masked", judging.Args{"Work": w.Code, "N": *n, "Masks": len(masks)})
		})
	})
}

// readMask reads X,Y,WIDTH,HEIGHT[,PAGE], pages from 1.
func readMask(text string) (judging.Mask, error) {
	var v [5]float64
	parts := strings.Split(text, ",")
	v[4] = 1
	for i, p := range parts {
		n, err := strconv.ParseFloat(strings.TrimSpace(p), 64)
		if err != nil || len(parts) < 4 || len(parts) > 5 {
			return judging.Mask{}, judging.Fail(judging.Invalid, "blind.cli_bad_mask", nil)
		}
		v[i] = n
	}
	if v[4] < 1 || v[4] != float64(int(v[4])) {
		return judging.Mask{}, judging.Fail(judging.Invalid, "blind.cli_bad_mask", nil)
	}
	return judging.Mask{X: v[0], Y: v[1], W: v[2], H: v[3], Page: int(v[4]) - 1}, nil
}

func worksLooked(c *call) error {
	fs := c.flags()
	work := fs.String("work", "", "")
	n := fs.Int("file", 0, "")
	title := fs.Bool("title", false, "")
	clear := fs.Bool("clear", false, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	if *title == (*n > 0) || *n < 0 {
		return c.misused("")
	}
	return c.with(args[0], func(o *office.Office) error {
		w, err := o.Work(c.ctx, *work)
		if err != nil {
			return err
		}
		if err := o.Review().LookedAt(c.ctx, w.ID, *n-1, !*clear); err != nil {
			return err
		}
		return c.answer(map[string]any{"work": w.ID, "file": *n, "looked": !*clear}, func() { c.say("blind.cli_looked", judging.Args{"Work": w.Code}) })
	})
}

func worksPage(c *call) error {
	fs := c.flags()
	work := fs.String("work", "", "")
	n := fs.Int("file", 1, "")
	page := fs.Int("page", 1, "")
	width := fs.Int("width", 1600, "")
	out := fs.String("out", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil || *out == "" {
		return firstError(err, c.misused(""))
	}
	return c.with(args[0], func(o *office.Office) error {
		w, err := o.Work(c.ctx, *work)
		if err != nil {
			return err
		}
		p, err := o.Intake().WorkPage(c.ctx, w.ID, *n-1, *page-1, *width)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		if err := png.Encode(&b, p.Image); err != nil {
			return err
		}
		if err := os.WriteFile(*out, b.Bytes(), 0o644); err != nil {
			return unwritable(*out, err)
		}
		return c.answer(map[string]any{"page": p.Page + 1, "pages": p.Pages, "path": *out}, func() { c.say("cli.written", judging.Args{"Path": *out}) })
	})
}
