package intake

import (
	"bytes"
	"fayi/judging/office/workfiles"
	"fmt"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
)

// worksCheck measures the files that are not measured yet and lists what does not keep to the rules' requirements, or
// what was found in one work's files.
func worksCheck(cmd *command.Command) command.Handler {
	cmd.Use("works check CONTEST", "works check 2020.fayi")
	work := cmd.Str("work", "W", "flag.work_facts")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		bar := c.Bar("cli.measuring")
		tally, err := o.WorkFiles().MeasureFiles(c.Ctx, bar.Step)
		bar.Done()
		if err != nil {
			return command.Result{}, err
		}
		if *work != "" {
			return fileFacts(c, o, *work)
		}
		list, err := o.WorkFiles().CheckWorks(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		out := struct {
			workfiles.MeasureTally
			Works []workfiles.WorkCheck `json:"works"`
		}{tally, list}
		return command.Answer(out, func(pr *command.Printer) {
			for _, w := range list {
				pr.Line("%s  %s", w.Code, w.Title)
				for _, s := range w.Shortfalls {
					pr.Line("    %s", shortfall(pr, s))
				}
			}
			pr.Say("cli.checked", judging.Args{"Works": len(list), "Files": tally.Measured + tally.Known,
				"Broken": tally.Broken})
		})
	})
}

// shortfall tells a shortfall in words, with the file it is about.
func shortfall(pr *command.Printer, s judging.Shortfall) string {
	text := pr.Text.T(s.Text, s.Args)
	if s.File == 0 {
		return text
	}
	return pr.Text.T("cli.of_file", judging.Args{"N": s.File, "Text": text})
}

func fileFacts(c *command.Call, o *office.Office, idOrCode string) (command.Result, error) {
	w, err := o.Work(c.Ctx, idOrCode)
	if err != nil {
		return command.Result{}, err
	}
	facts, err := o.WorkFiles().FileFacts(c.Ctx, w.ID)
	if err != nil {
		return command.Result{}, err
	}
	return command.Answer(command.OrEmpty(facts), func(pr *command.Printer) {
		for i, f := range facts {
			parts := []string{fmt.Sprint(i + 1), f.Kind, f.Format, fmt.Sprint(f.Bytes)}
			if f.Width > 0 {
				parts = append(parts, fmt.Sprintf("%d×%d", f.Width, f.Height))
			}
			if f.Seconds > 0 {
				parts = append(parts, fmt.Sprintf("%.1f s", f.Seconds))
			}
			if f.Words > 0 {
				parts = append(parts, pr.Text.T("cli.words", judging.Args{"N": f.Words}))
			}
			pr.Line("%s", strings.Join(parts, "  "))
		}
	})
}

// worksThumbs makes the small pictures of all works, or writes one.
func worksThumbs(cmd *command.Command) command.Handler {
	cmd.Use("works thumbs CONTEST", "works thumbs 2020.fayi")
	work := cmd.Str("work", "W", "flag.work")
	n := cmd.Num("file", "N", "flag.file_number", 1)
	size := cmd.Num("size", "320|640|1600", "flag.size", workfiles.ThumbSizes[0])
	out := cmd.Str("out", "FILE.jpg", "flag.out")
	cmd.Limit(command.AllOrNone, "work", "out")
	return func(c *command.Call, args []string) (command.Result, error) {
		return c.With(args[0], func(o *office.Office) (command.Result, error) {
			if *work != "" {
				return writeThumb(c, o, *work, *n, *size, *out)
			}
			bar := c.Bar("cli.thumbing")
			tally, err := o.WorkFiles().MakeThumbnails(c.Ctx, bar.Step)
			bar.Done()
			if err != nil {
				return command.Result{}, err
			}
			return command.Answer(tally, func(pr *command.Printer) {
				pr.Say("cli.thumbed", judging.Args{"Made": tally.Made, "Kept": tally.Kept, "None": tally.None})
			})
		})
	}
}

func writeThumb(c *command.Call, o *office.Office, idOrCode string, n, size int, path string) (command.Result, error) {
	w, err := o.Work(c.Ctx, idOrCode)
	if err != nil {
		return command.Result{}, err
	}
	data, err := o.WorkFiles().Thumbnail(c.Ctx, w.ID, n-1, size)
	if err != nil {
		return command.Result{}, err
	}
	return command.Saved(path, bytes.NewReader(data))
}

// worksText prints the words of a text work.
func worksText(cmd *command.Command) command.Handler {
	cmd.Use("works text CONTEST", "works text 2020.fayi --work w000012")
	work := cmd.Must("work", "W", "flag.work")
	n := cmd.Num("file", "N", "flag.file_number", 1)
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		w, err := o.Work(c.Ctx, *work)
		if err != nil {
			return command.Result{}, err
		}
		text, err := o.WorkFiles().WorkText(c.Ctx, w.ID, *n-1)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]string{"text": text}, func(pr *command.Printer) { pr.Block(text) })
	})
}
