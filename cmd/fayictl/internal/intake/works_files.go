package intake

import (
	"bytes"
	"fayi/judging/office/workfiles"
	"io"
	"strconv"
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// FilesCommands are the commands for the files of works and for works that are alike.
var FilesCommands = []command.Declaration{
	worksReconcile, worksAttach, worksDetach, worksOrder, worksAside, worksDismiss, worksCheck, worksText, worksThumbs,
	worksDuplicates,
}

func worksReconcile(cmd *command.Command) command.Handler {
	cmd.Use("works reconcile CONTEST", "works reconcile 2020.fayi")
	file := cmd.Str("file", "WAITING", "flag.file_waiting")
	out := cmd.Str("out", "FILE", "flag.out")
	small := cmd.Yes("small", "flag.small")
	cmd.Limit(command.AllOrNone, "file", "out")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if *small && *file != "" {
			data, err := o.Intake().WaitingThumbnail(c.Ctx, *file, workfiles.ThumbSizes[0])
			if err != nil {
				return command.Result{}, err
			}
			return command.Saved(*out, bytes.NewReader(data))
		}
		if *file != "" {
			in, err := o.Intake().OpenWaitingFile(c.Ctx, *file)
			if err != nil {
				return command.Result{}, err
			}
			return saveStream(in, *out)
		}
		r, err := o.Intake().Reconcile(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(r, func(pr *command.Printer) { printReconciliation(pr, r) })
	})
}

// saveStream writes all of in to path and closes in.
func saveStream(in io.ReadCloser, path string) (command.Result, error) {
	defer in.Close()
	return command.Saved(path, in)
}

// printReconciliation prints the first few of each list, of which a contest may have thousands, and how many more there
// are.
func printReconciliation(pr *command.Printer, r intake.Reconciliation) {
	pr.Say("reconcile.summary", judging.Args{"Matched": len(r.Matched), "Doubtful": len(r.Doubtful),
		"Missing": len(r.Missing), "Loose": len(r.Loose)})
	pr.Some(len(r.Doubtful), "cli.reconcile_more_doubtful", func(i int) {
		f := r.Doubtful[i]
		pr.Line("? %s  %s  %s", f.ID, f.Path, pr.Text.T(f.Reason, nil))
		printAlso(pr, f)
		for _, offer := range f.Offers {
			pr.Line("    %3.0f%%  %s  %s  %s  %s", 100*offer.Score, offer.Work, offer.Title,
				strings.Join(offer.Authors, "、"), offer.Unit)
		}
	})
	pr.Some(len(r.Missing), "cli.reconcile_more_missing", func(i int) {
		w := r.Missing[i]
		pr.Line("- %s  %s  %s  %s", w.Work, w.Title, strings.Join(w.Authors, "、"), w.Unit)
	})
	pr.Some(len(r.Loose), "cli.reconcile_more_loose", func(i int) {
		f := r.Loose[i]
		pr.Line("+ %s  %s  %s", f.ID, f.Path, pr.Text.T(f.Reason, nil))
		printAlso(pr, f)
	})
}

// printAlso names the other paths by which the same file came.
func printAlso(pr *command.Printer, f intake.WaitingFile) {
	if len(f.Also) > 0 {
		pr.Line("    %s", pr.Text.T("reconcile.also", judging.Args{"Paths": strings.Join(f.Also, "、")}))
	}
}

func worksAttach(cmd *command.Command) command.Handler {
	cmd.Use("works attach CONTEST", "works attach 2020.fayi --work w000012 --file f000003")
	aside := cmd.Yes("aside", "flag.aside")
	file := cmd.Must("file", "WAITING", "flag.file_waiting")
	return onWork(cmd, func(c *command.Call, o *office.Office, w judging.Work) error {
		return o.Intake().AttachFile(c.Ctx, *file, w.ID, *aside)
	})
}

func worksDetach(cmd *command.Command) command.Handler {
	cmd.Use("works detach CONTEST", "works detach 2020.fayi --work w000012 --file 2")
	n := cmd.MustNum("file", "N", "flag.file_number", 1)
	return onWork(cmd, func(c *command.Call, o *office.Office, w judging.Work) error {
		return o.Intake().DetachFile(c.Ctx, w.ID, *n-1)
	})
}

func worksOrder(cmd *command.Command) command.Handler {
	cmd.Use("works order CONTEST", "works order 2020.fayi --work w000012 --files 2,1,3")
	list := cmd.Must("files", "2,1,3", "flag.files")
	return onWork(cmd, func(c *command.Call, o *office.Office, w judging.Work) error {
		var order []int
		for _, s := range strings.FieldsFunc(*list, func(r rune) bool { return r == ',' || r == '，' || r == ' ' }) {
			n, err := strconv.Atoi(s)
			if err != nil {
				return cmd.Misused("cli.bad_order", judging.Args{"Flag": "--files", "Value": s})
			}
			order = append(order, n-1)
		}
		return o.Intake().OrderFiles(c.Ctx, w.ID, order)
	})
}

func worksAside(cmd *command.Command) command.Handler {
	cmd.Use("works aside CONTEST", "works aside 2020.fayi --work w000012 --file 2")
	n := cmd.MustNum("file", "N", "flag.file_number", 1)
	clear := cmd.Yes("clear", "flag.clear_aside")
	return onWork(cmd, func(c *command.Call, o *office.Office, w judging.Work) error {
		return o.Intake().SetFileAside(c.Ctx, w.ID, *n-1, !*clear)
	})
}

func worksDismiss(cmd *command.Command) command.Handler {
	cmd.Use("works dismiss CONTEST", "works dismiss 2020.fayi --file f000003")
	file := cmd.Must("file", "WAITING", "flag.file_waiting")
	clear := cmd.Yes("clear", "flag.clear_dismiss")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		if err := o.Intake().DismissFile(c.Ctx, *file, !*clear); err != nil {
			return command.Result{}, err
		}
		return command.Answer(map[string]any{"file": *file, "dismissed": !*clear}, func(pr *command.Printer) {
			pr.Say("reconcile.settled", nil)
		})
	})
}

// onWork makes the handler of a command that changes the files of one work, named by --work, and shows its files
// afterwards.
func onWork(cmd *command.Command, change func(*command.Call, *office.Office, judging.Work) error) command.Handler {
	work := cmd.Must("work", "W", "flag.work")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		w, err := o.Work(c.Ctx, *work)
		if err != nil {
			return command.Result{}, err
		}
		if err := change(c, o, w); err != nil {
			return command.Result{}, err
		}
		if w, err = o.Work(c.Ctx, string(w.ID)); err != nil {
			return command.Result{}, err
		}
		return command.Answer(command.WorksOf([]judging.Work{w})[0], func(pr *command.Printer) {
			for i, f := range w.Files {
				pr.Line("%d  %s  %d  %s", i+1, f.Kind, f.Bytes, f.Name)
			}
		})
	})
}
