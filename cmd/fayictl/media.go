package main

import (
	"fmt"
	"os"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// worksCheck measures the files that are not measured yet and lists what does not keep to the rules' requirements, or what was found in one work's files.
func worksCheck(c *call) error {
	fs := c.flags()
	work := fs.String("work", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		bar := c.bar("cli.measuring")
		tally, err := o.Intake().MeasureFiles(c.ctx, bar.step)
		bar.done()
		if err != nil {
			return err
		}
		if *work != "" {
			return c.fileFacts(o, *work)
		}
		list, err := o.Intake().CheckWorks(c.ctx)
		if err != nil {
			return err
		}
		out := struct {
			intake.MeasureTally
			Works []intake.WorkCheck `json:"works"`
		}{tally, list}
		return c.answer(out, func() {
			for _, w := range list {
				fmt.Fprintf(c.out, "%s  %s\n", w.Code, w.Title)
				for _, s := range w.Shortfalls {
					fmt.Fprintf(c.out, "    %s\n", c.shortfall(s))
				}
			}
			c.say("cli.checked", judging.Args{"Works": len(list), "Files": tally.Measured + tally.Known, "Broken": tally.Broken})
		})
	})
}

// shortfall tells a shortfall in words, with the file it is about.
func (c *call) shortfall(s judging.Shortfall) string {
	text := c.text.T(s.Text, s.Args)
	if s.File == 0 {
		return text
	}
	return c.text.T("cli.of_file", judging.Args{"N": s.File, "Text": text})
}

func (c *call) fileFacts(o *office.Office, idOrCode string) error {
	w, err := o.Work(c.ctx, idOrCode)
	if err != nil {
		return err
	}
	facts, err := o.Intake().FileFacts(c.ctx, w.ID)
	if err != nil {
		return err
	}
	return c.answer(orEmpty(facts), func() {
		for i, f := range facts {
			parts := []string{fmt.Sprint(i + 1), f.Kind, f.Format, fmt.Sprint(f.Bytes)}
			if f.Width > 0 {
				parts = append(parts, fmt.Sprintf("%d×%d", f.Width, f.Height))
			}
			if f.Seconds > 0 {
				parts = append(parts, fmt.Sprintf("%.1f s", f.Seconds))
			}
			if f.Words > 0 {
				parts = append(parts, c.text.T("cli.words", judging.Args{"N": f.Words}))
			}
			fmt.Fprintln(c.out, strings.Join(parts, "  "))
		}
	})
}

// worksThumbs makes the small pictures of all works, or writes one.
func worksThumbs(c *call) error {
	fs := c.flags()
	work := fs.String("work", "", "")
	n := fs.Int("file", 1, "")
	size := fs.Int("size", intake.ThumbSizes[0], "")
	out := fs.String("out", "", "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	if (*work == "") != (*out == "") {
		return c.misused("")
	}
	return c.with(args[0], func(o *office.Office) error {
		if *work != "" {
			return c.writeThumb(o, *work, *n, *size, *out)
		}
		bar := c.bar("cli.thumbing")
		tally, err := o.Intake().MakeThumbnails(c.ctx, bar.step)
		bar.done()
		if err != nil {
			return err
		}
		return c.answer(tally, func() {
			c.say("cli.thumbed", judging.Args{"Made": tally.Made, "Kept": tally.Kept, "None": tally.None})
		})
	})
}

func (c *call) writeThumb(o *office.Office, idOrCode string, n, size int, path string) error {
	w, err := o.Work(c.ctx, idOrCode)
	if err != nil {
		return err
	}
	data, err := o.Intake().Thumbnail(c.ctx, w.ID, n-1, size)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		return unwritable(path, err)
	}
	c.say("cli.written", judging.Args{"Path": path})
	return nil
}

// worksText prints the words of a text work.
func worksText(c *call) error {
	fs := c.flags()
	work := fs.String("work", "", "")
	n := fs.Int("file", 1, "")
	args, err := c.parse(fs, 1, 1)
	if err != nil {
		return err
	}
	return c.with(args[0], func(o *office.Office) error {
		w, err := o.Work(c.ctx, *work)
		if err != nil {
			return err
		}
		text, err := o.Intake().WorkText(c.ctx, w.ID, *n-1)
		if err != nil {
			return err
		}
		return c.answer(map[string]string{"text": text}, func() { fmt.Fprintln(c.out, text) })
	})
}
