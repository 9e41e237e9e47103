package settings

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"

	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/internal/atomicfile"
	"fayi/judging"
	"fayi/judging/office"
)

// mostEntries bounds how many journal entries a diagnosis tells.
const mostEntries = 300

// diagnose tells the state of program and contest in lines: versions, counts, whether the data are whole, and what
// was done when. It names nobody and nothing.
func diagnose(ctx context.Context, o *office.Office) (string, error) {
	sum, err := o.ShowContest(ctx)
	if err != nil {
		return "", err
	}
	check, err := o.CheckContest(ctx, "", nil)
	if err != nil {
		return "", err
	}
	entries, err := o.Journal(ctx)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	version, release := judging.Version()
	fmt.Fprintf(
		&b, "fayi %s release=%v  %s  %s/%s  %d cores\n", version, release, runtime.Version(), runtime.GOOS,
		runtime.GOARCH, runtime.NumCPU(),
	)
	fmt.Fprintf(
		&b, "works %v  waiting %d  loose files %d  without files %d\n", sum.Works, sum.Waiting, sum.Loose, sum.NoFiles,
	)
	fmt.Fprintf(
		&b, "judges %d  round %d  rules %d  scored %d  lists decided %d  awards %d  batches %d\n", sum.Judges,
		sum.Round, sum.Rules, sum.Scored, sum.Decided, sum.Granted, sum.Batches,
	)
	fmt.Fprintf(
		&b, "check ok=%v  store %q  journal %d ok=%v  blobs %d missing %d corrupt %d\n", check.OK, check.Store,
		check.JournalEntries, check.JournalOK, check.Blobs, len(check.BlobsMissing), len(check.BlobsCorrupt),
	)
	for _, e := range entries[max(0, len(entries)-mostEntries):] {
		fmt.Fprintf(&b, "%d  %s  %s\n", e.Seq, e.At.UTC().Format("2006-01-02T15:04:05Z"), e.Verb)
	}
	return b.String(), nil
}

// onDiagnose writes what support needs: versions, counts and what was done when; no name, no title, no number of a
// person.
func (p *settingsPage) onDiagnose() {
	o := p.s.host.Office()
	p.sh.SaveFile(p.sh.T("settings.diagnostics_file", nil)+".txt", func(path string) {
		kit.Fetch(p.sh, p.sh.T("app.exporting", nil), func(ctx context.Context, _ kit.Progress) (string, error) {
			text, err := diagnose(ctx, o)
			if err != nil {
				return "", err
			}
			return path, writeText(path, text)
		}, func(string) {
			page.TellWritten(p.sh, path, p.sh.T("settings.diagnosed", judging.Args{"Path": path}))
		})
	})
}

func writeText(path, text string) error {
	err := atomicfile.Write(path, 0o600, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
	if err != nil {
		return judging.Fail(judging.Unavailable, "app.unwritable", judging.Args{"Path": path}).Because(err)
	}
	return nil
}
