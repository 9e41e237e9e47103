package main

import (
	"fmt"
	"image/png"
	"io"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/review"
)

// blindCommands are the commands for the copies of works that judges see.
var blindCommands = []declaration{worksBlind, worksMask, worksPage, worksLooked}

func worksBlind(cmd *command) handler {
	cmd.use("works blind CONTEST", "works blind 2020.fayi --prepare")
	prepare := cmd.yes("prepare", "flag.prepare")
	work := cmd.str("work", "W", "flag.work")
	out := cmd.str("out", "FILE.xlsx", "flag.out")
	copies := cmd.str("copies", "DIR", "flag.copies")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		var ready *review.BlindReady
		if *prepare {
			r, err := prepareBlind(c, o, *work)
			if err != nil {
				return result{}, err
			}
			ready = &r
		}
		if *copies != "" {
			return writeCopies(c, o, ready, *copies)
		}
		if *out != "" {
			open, err := o.Review().WriteBlindness(c.ctx, *out, c.text.T)
			if err != nil {
				return result{}, err
			}
			return answer(map[string]any{"open": open, "path": *out}, func(pr *printer) {
				prepared(pr, ready)
				pr.say("blind.cli_open", judging.Args{"Open": open})
				pr.say("cli.written", judging.Args{"Path": *out})
			})
		}
		return listBlindness(c, o, ready)
	})
}

// writeCopies writes all that judges can open into a folder.
func writeCopies(c *call, o *office.Office, ready *review.BlindReady, dir string) (result, error) {
	bar := c.bar("blind.cli_progress")
	defer bar.done()
	r, err := o.Review().WriteCopies(c.ctx, dir, bar.step)
	if err != nil {
		return result{}, err
	}
	return answer(r, func(pr *printer) {
		prepared(pr, ready)
		pr.say("blind.cli_copies", judging.Args{"Files": r.Written, "Closed": len(r.Closed)})
		pr.say("cli.written", judging.Args{"Path": dir})
	})
}

// prepareBlind makes the copies of all works, or of the one named.
func prepareBlind(c *call, o *office.Office, work string) (review.BlindReady, error) {
	bar := c.bar("blind.cli_progress")
	defer bar.done()
	if work == "" {
		return o.Review().BlindWorks(c.ctx, bar.step)
	}
	w, err := o.Work(c.ctx, work)
	if err != nil {
		return review.BlindReady{}, err
	}
	return o.Review().PrepareBlind(c.ctx, w.ID)
}

// prepared says how many copies were made, nil: none were to be.
func prepared(pr *printer, r *review.BlindReady) {
	if r != nil {
		pr.say("blind.cli_prepared", judging.Args{"Files": r.Files, "Clean": r.Clean, "Failed": r.Failed,
			"Names": r.Names})
	}
}

func listBlindness(c *call, o *office.Office, ready *review.BlindReady) (result, error) {
	list, err := o.Review().BlindnessReport(c.ctx)
	if err != nil {
		return result{}, err
	}
	return answer(list, func(pr *printer) {
		prepared(pr, ready)
		rows, open := [][]string{{pr.text.T("blind.col_code", nil), pr.text.T("blind.col_title", nil),
			pr.text.T("blind.col_file", nil), pr.text.T("blind.col_needs", nil)}}, 0
		for _, s := range list {
			open += s.Open()
			if len(s.TitleNames) > 0 && !s.TitleLooked {
				rows = append(rows, []string{string(s.Code), s.Title, pr.text.T("blind.in_title", nil),
					pr.text.T("blind.need_names", nil)})
			}
			for _, f := range s.Files {
				if !f.Open() {
					continue
				}
				var needs []string
				for _, n := range f.Needs {
					needs = append(needs, pr.text.T("blind.need_"+string(n), nil))
				}
				rows = append(rows, []string{string(s.Code), s.Title, fmt.Sprint(f.N), strings.Join(needs, "; ")})
			}
		}
		pr.table(rows)
		rest(pr, list)
		pr.say("blind.cli_open", judging.Args{"Open": open})
	})
}

// rest shows whoever must decide what words stand in the open files past those that a viewer shows.
func rest(pr *printer, list []review.BlindState) {
	const few = 12
	for _, s := range list {
		for _, f := range s.Files {
			if !f.Open() || len(f.Rest) == 0 {
				continue
			}
			pr.say("blind.cli_rest", judging.Args{"Work": s.Code, "N": f.N,
				"List": strings.Join(f.Rest[:min(len(f.Rest), few)], " / "), "More": max(len(f.Rest)-few, 0)})
		}
	}
}

func worksMask(cmd *command) handler {
	cmd.use("works mask CONTEST", "works mask 2020.fayi --work w000012 --file 1 --mask 0.1,0.8,0.3,0.1")
	work := cmd.must("work", "W", "flag.work")
	n := cmd.mustNum("file", "N", "flag.file_number", 1)
	texts := cmd.many("mask", "X,Y,WIDTH,HEIGHT[,PAGE]", "flag.mask")
	cmd.yes("clear", "flag.clear_masks")
	cmd.limit(exactlyOne, "mask", "clear")
	return func(c *call, args []string) (result, error) {
		var masks []judging.Mask
		for _, t := range *texts {
			m, err := readMask(t)
			if err != nil {
				return result{}, err
			}
			masks = append(masks, m)
		}
		return c.with(args[0], func(o *office.Office) (result, error) {
			w, err := o.Work(c.ctx, *work)
			if err != nil {
				return result{}, err
			}
			if err := o.Review().SetMasks(c.ctx, w.ID, *n-1, masks); err != nil {
				return result{}, err
			}
			return answer(map[string]any{"work": w.ID, "file": *n, "masks": orEmpty(masks)}, func(pr *printer) {
				pr.say("blind.cli_masked", judging.Args{"Work": w.Code, "N": *n, "Masks": len(masks)})
			})
		})
	}
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

func worksLooked(cmd *command) handler {
	cmd.use("works looked CONTEST", "works looked 2020.fayi --work w000012 --file 1")
	work := cmd.must("work", "W", "flag.work")
	n := cmd.num("file", "N", "flag.file_number", 0)
	title := cmd.yes("title", "flag.title_looked")
	clear := cmd.yes("clear", "flag.clear_looked")
	cmd.limit(exactlyOne, "file", "title")
	return func(c *call, args []string) (result, error) {
		if !*title && *n < 1 {
			return result{}, cmd.misused("cli.too_small", judging.Args{"Flag": "--file", "Least": 1})
		}
		return c.with(args[0], func(o *office.Office) (result, error) {
			w, err := o.Work(c.ctx, *work)
			if err != nil {
				return result{}, err
			}
			if err := o.Review().LookedAt(c.ctx, w.ID, *n-1, !*clear); err != nil {
				return result{}, err
			}
			return answer(map[string]any{"work": w.ID, "file": *n, "looked": !*clear}, func(pr *printer) {
				pr.say("blind.cli_looked", judging.Args{"Work": w.Code})
			})
		})
	}
}

func worksPage(cmd *command) handler {
	cmd.use("works page CONTEST", "works page 2020.fayi --work w000012 --out page.png")
	work := cmd.must("work", "W", "flag.work")
	n := cmd.num("file", "N", "flag.file_number", 1)
	page := cmd.num("page", "N", "flag.page", 1)
	width := cmd.num("width", "PIXELS", "flag.width", 1600)
	out := cmd.must("out", "FILE.png", "flag.out")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		w, err := o.Work(c.ctx, *work)
		if err != nil {
			return result{}, err
		}
		p, err := o.Intake().WorkPage(c.ctx, w.ID, *n-1, *page-1, *width)
		if err != nil {
			return result{}, err
		}
		if err := save(*out, func(w io.Writer) error { return png.Encode(w, p.Image) }); err != nil {
			return result{}, err
		}
		return answer(map[string]any{"page": p.Page + 1, "pages": p.Pages, "path": *out}, func(pr *printer) {
			pr.say("cli.written", judging.Args{"Path": *out})
		})
	})
}
