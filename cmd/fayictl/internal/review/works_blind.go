package review

import (
	"fmt"
	"image/png"
	"io"
	"strconv"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/review"
)

// BlindCommands are the commands for the copies of works that judges see.
var BlindCommands = []command.Declaration{worksBlind, worksMask, worksPage, worksLooked}

func worksBlind(cmd *command.Command) command.Handler {
	cmd.Use("works blind CONTEST", "works blind 2020.fayi --prepare")
	prepare := cmd.Yes("prepare", "flag.prepare")
	work := cmd.Str("work", "W", "flag.work")
	out := cmd.Str("out", "FILE.xlsx", "flag.out")
	copies := cmd.Str("copies", "DIR", "flag.copies")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		var ready *review.BlindReady
		if *prepare {
			r, err := prepareBlind(c, o, *work)
			if err != nil {
				return command.Result{}, err
			}
			ready = &r
		}
		if *copies != "" {
			return writeCopies(c, o, ready, *copies)
		}
		if *out != "" {
			open, err := o.Review().WriteBlindness(c.Ctx, *out, c.Text.T)
			if err != nil {
				return command.Result{}, err
			}
			return command.Answer(map[string]any{"open": open, "path": *out}, func(pr *command.Printer) {
				prepared(pr, ready)
				pr.Say("blind.cli_open", judging.Args{"Open": open})
				pr.Say("cli.written", judging.Args{"Path": *out})
			})
		}
		return listBlindness(c, o, ready)
	})
}

// writeCopies writes all that judges can open into a folder.
func writeCopies(c *command.Call, o *office.Office, ready *review.BlindReady, dir string) (command.Result, error) {
	bar := c.Bar("blind.cli_progress")
	defer bar.Done()
	r, err := o.Review().WriteCopies(c.Ctx, dir, bar.Step)
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(r, func(pr *command.Printer) {
		prepared(pr, ready)
		pr.Say("blind.cli_copies", judging.Args{"Files": r.Written, "Closed": len(r.Closed)})
		pr.Say("cli.written", judging.Args{"Path": dir})
	})
}

// prepareBlind makes the copies of all works, or of the one named.
func prepareBlind(c *command.Call, o *office.Office, work string) (review.BlindReady, error) {
	bar := c.Bar("blind.cli_progress")
	defer bar.Done()
	if work == "" {
		return o.Review().BlindWorks(c.Ctx, bar.Step)
	}
	w, err := o.Work(c.Ctx, work)
	if err != nil {
		return review.BlindReady{}, err
	}
	return o.Review().PrepareBlind(c.Ctx, w.ID)
}

// prepared says how many copies were made, nil: none were to be.
func prepared(pr *command.Printer, r *review.BlindReady) {
	if r != nil {
		pr.Say("blind.cli_prepared", judging.Args{"Files": r.Files, "Clean": r.Clean, "Failed": r.Failed,
			"Names": r.Names})
	}
}

func listBlindness(c *command.Call, o *office.Office, ready *review.BlindReady) (command.Result, error) {
	list, err := o.Review().BlindnessReport(c.Ctx)
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(list, func(pr *command.Printer) {
		prepared(pr, ready)
		rows, open := [][]string{{pr.Text.T("blind.col_code", nil), pr.Text.T("blind.col_title", nil),
			pr.Text.T("blind.col_file", nil), pr.Text.T("blind.col_needs", nil)}}, 0
		for _, s := range list {
			open += s.Open()
			if len(s.TitleNames) > 0 && !s.TitleLooked {
				rows = append(rows, []string{string(s.Code), s.Title, pr.Text.T("blind.in_title", nil),
					pr.Text.T("blind.need_names", nil)})
			}
			for _, f := range s.Files {
				if !f.Open() {
					continue
				}
				var needs []string
				for _, n := range f.Needs {
					needs = append(needs, pr.Text.T("blind.need_"+string(n), nil))
				}
				rows = append(rows, []string{string(s.Code), s.Title, fmt.Sprint(f.N), strings.Join(needs, "; ")})
			}
		}
		pr.Table(rows)
		rest(pr, list)
		pr.Say("blind.cli_open", judging.Args{"Open": open})
	})
}

// rest shows whoever must decide what words stand in the open files past those that a viewer shows.
func rest(pr *command.Printer, list []review.BlindState) {
	const few = 12
	for _, s := range list {
		for _, f := range s.Files {
			if !f.Open() || len(f.Rest) == 0 {
				continue
			}
			pr.Say("blind.cli_rest", judging.Args{"Work": s.Code, "N": f.N,
				"List": strings.Join(f.Rest[:min(len(f.Rest), few)], " / "), "More": max(len(f.Rest)-few, 0)})
		}
	}
}

func worksMask(cmd *command.Command) command.Handler {
	cmd.Use("works mask CONTEST", "works mask 2020.fayi --work w000012 --file 1 --mask 0.1,0.8,0.3,0.1")
	work := cmd.Must("work", "W", "flag.work")
	n := cmd.MustNum("file", "N", "flag.file_number", 1)
	texts := cmd.Many("mask", "X,Y,WIDTH,HEIGHT[,PAGE]", "flag.mask")
	cmd.Yes("clear", "flag.clear_masks")
	cmd.Limit(command.ExactlyOne, "mask", "clear")
	return func(c *command.Call, args []string) (command.Result, error) {
		var masks []judging.Mask
		for _, t := range *texts {
			m, err := readMask(t)
			if err != nil {
				return command.Result{}, err
			}
			masks = append(masks, m)
		}
		return c.With(args[0], func(o *office.Office) (command.Result, error) {
			w, err := o.Work(c.Ctx, *work)
			if err != nil {
				return command.Result{}, err
			}
			if err := o.Review().SetMasks(c.Ctx, w.ID, *n-1, masks); err != nil {
				return command.Result{}, err
			}
			doc := map[string]any{"work": w.ID, "file": *n, "masks": command.OrEmpty(masks)}
			return command.Answer(doc, func(pr *command.Printer) {
				pr.Say("blind.cli_masked", judging.Args{"Work": w.Code, "N": *n, "Masks": len(masks)})
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

func worksLooked(cmd *command.Command) command.Handler {
	cmd.Use("works looked CONTEST", "works looked 2020.fayi --work w000012 --file 1")
	work := cmd.Must("work", "W", "flag.work")
	n := cmd.Num("file", "N", "flag.file_number", 0)
	title := cmd.Yes("title", "flag.title_looked")
	clear := cmd.Yes("clear", "flag.clear_looked")
	cmd.Limit(command.ExactlyOne, "file", "title")
	return func(c *command.Call, args []string) (command.Result, error) {
		if !*title && *n < 1 {
			return command.Result{}, cmd.Misused("cli.too_small", judging.Args{"Flag": "--file", "Least": 1})
		}
		return c.With(args[0], func(o *office.Office) (command.Result, error) {
			w, err := o.Work(c.Ctx, *work)
			if err != nil {
				return command.Result{}, err
			}
			if err := o.Review().LookedAt(c.Ctx, w.ID, *n-1, !*clear); err != nil {
				return command.Result{}, err
			}
			doc := map[string]any{"work": w.ID, "file": *n, "looked": !*clear}
			return command.Answer(doc, func(pr *command.Printer) {
				pr.Say("blind.cli_looked", judging.Args{"Work": w.Code})
			})
		})
	}
}

func worksPage(cmd *command.Command) command.Handler {
	cmd.Use("works page CONTEST", "works page 2020.fayi --work w000012 --out page.png")
	work := cmd.Must("work", "W", "flag.work")
	n := cmd.Num("file", "N", "flag.file_number", 1)
	page := cmd.Num("page", "N", "flag.page", 1)
	width := cmd.Num("width", "PIXELS", "flag.width", 1600)
	out := cmd.Must("out", "FILE.png", "flag.out")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		w, err := o.Work(c.Ctx, *work)
		if err != nil {
			return command.Result{}, err
		}
		p, err := o.WorkFiles().WorkPage(c.Ctx, w.ID, *n-1, *page-1, *width)
		if err != nil {
			return command.Result{}, err
		}
		if err := command.Save(*out, func(w io.Writer) error { return png.Encode(w, p.Image) }); err != nil {
			return command.Result{}, err
		}
		doc := map[string]any{"page": p.Page + 1, "pages": p.Pages, "path": *out}
		return command.Answer(doc, func(pr *command.Printer) {
			pr.Say("cli.written", judging.Args{"Path": *out})
		})
	})
}
