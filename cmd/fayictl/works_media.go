package main

import (
	"bytes"
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// worksCheck measures the files that are not measured yet and lists what does not keep to the rules' requirements, or
// what was found in one work's files.
func worksCheck(cmd *command) handler {
	cmd.use("works check CONTEST", "works check 2020.fayi")
	work := cmd.str("work", "W", "flag.work_facts")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		bar := c.bar("cli.measuring")
		tally, err := o.Intake().MeasureFiles(c.ctx, bar.step)
		bar.done()
		if err != nil {
			return result{}, err
		}
		if *work != "" {
			return fileFacts(c, o, *work)
		}
		list, err := o.Intake().CheckWorks(c.ctx)
		if err != nil {
			return result{}, err
		}
		out := struct {
			intake.MeasureTally
			Works []intake.WorkCheck `json:"works"`
		}{tally, list}
		return answer(out, func(pr *printer) {
			for _, w := range list {
				fmt.Fprintf(pr.out, "%s  %s\n", w.Code, w.Title)
				for _, s := range w.Shortfalls {
					fmt.Fprintf(pr.out, "    %s\n", shortfall(pr, s))
				}
			}
			pr.say("cli.checked", judging.Args{"Works": len(list), "Files": tally.Measured + tally.Known,
				"Broken": tally.Broken})
		})
	})
}

// shortfall tells a shortfall in words, with the file it is about.
func shortfall(pr *printer, s judging.Shortfall) string {
	text := pr.text.T(s.Text, s.Args)
	if s.File == 0 {
		return text
	}
	return pr.text.T("cli.of_file", judging.Args{"N": s.File, "Text": text})
}

func fileFacts(c *call, o *office.Office, idOrCode string) (result, error) {
	w, err := o.Work(c.ctx, idOrCode)
	if err != nil {
		return result{}, err
	}
	facts, err := o.Intake().FileFacts(c.ctx, w.ID)
	if err != nil {
		return result{}, err
	}
	return answer(orEmpty(facts), func(pr *printer) {
		for i, f := range facts {
			parts := []string{fmt.Sprint(i + 1), f.Kind, f.Format, fmt.Sprint(f.Bytes)}
			if f.Width > 0 {
				parts = append(parts, fmt.Sprintf("%d×%d", f.Width, f.Height))
			}
			if f.Seconds > 0 {
				parts = append(parts, fmt.Sprintf("%.1f s", f.Seconds))
			}
			if f.Words > 0 {
				parts = append(parts, pr.text.T("cli.words", judging.Args{"N": f.Words}))
			}
			fmt.Fprintln(pr.out, strings.Join(parts, "  "))
		}
	})
}

// worksThumbs makes the small pictures of all works, or writes one.
func worksThumbs(cmd *command) handler {
	cmd.use("works thumbs CONTEST", "works thumbs 2020.fayi")
	work := cmd.str("work", "W", "flag.work")
	n := cmd.num("file", "N", "flag.file_number", 1)
	size := cmd.num("size", "320|640|1600", "flag.size", intake.ThumbSizes[0])
	out := cmd.str("out", "FILE.jpg", "flag.out")
	cmd.limit(allOrNone, "work", "out")
	return func(c *call, args []string) (result, error) {
		return c.with(args[0], func(o *office.Office) (result, error) {
			if *work != "" {
				return writeThumb(c, o, *work, *n, *size, *out)
			}
			bar := c.bar("cli.thumbing")
			tally, err := o.Intake().MakeThumbnails(c.ctx, bar.step)
			bar.done()
			if err != nil {
				return result{}, err
			}
			return answer(tally, func(pr *printer) {
				pr.say("cli.thumbed", judging.Args{"Made": tally.Made, "Kept": tally.Kept, "None": tally.None})
			})
		})
	}
}

func writeThumb(c *call, o *office.Office, idOrCode string, n, size int, path string) (result, error) {
	w, err := o.Work(c.ctx, idOrCode)
	if err != nil {
		return result{}, err
	}
	data, err := o.Intake().Thumbnail(c.ctx, w.ID, n-1, size)
	if err != nil {
		return result{}, err
	}
	return saved(path, bytes.NewReader(data))
}

// worksText prints the words of a text work.
func worksText(cmd *command) handler {
	cmd.use("works text CONTEST", "works text 2020.fayi --work w000012")
	work := cmd.must("work", "W", "flag.work")
	n := cmd.num("file", "N", "flag.file_number", 1)
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		w, err := o.Work(c.ctx, *work)
		if err != nil {
			return result{}, err
		}
		text, err := o.Intake().WorkText(c.ctx, w.ID, *n-1)
		if err != nil {
			return result{}, err
		}
		return answer(map[string]string{"text": text}, func(pr *printer) { fmt.Fprintln(pr.out, text) })
	})
}
