package command

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
)

// filesThere matches the refusal to write papers over others of their names.
var filesThere = &judging.Error{Text: "store.files_there"}

// Outputs are the flags that name a file which a command writes. Whatever stands there is not written over unless
// --overwrite says so, which each command that has one of them takes.
var Outputs = []string{"out", "list", "left", "slips", "slip", "write-template", "write-texts", "judges-out"}

// Set says that the command writes several files, whose names it makes itself, into the folder that a flag names: what
// stands there under such a name and differs is not written over unless --overwrite says so.
func (d *Command) Set() { d.set = true }

// output reports whether the flag names a file that the command writes over. Archives never take another's place.
func (o *option) output() bool {
	return strings.HasPrefix(o.value, "FILE") && o.value != "FILE.fayiarchive" &&
		(slices.Contains(Outputs, o.Name) || o.Name == "preview" && o.value == "FILE.png")
}

// askFor declares --overwrite where the command writes files that may be there.
func (d *Command) askFor() {
	if d.set || slices.ContainsFunc(d.flags, (*option).output) {
		d.over = d.Yes("overwrite", "flag.overwrite")
		d.Ends(judging.Clash)
	}
}

// free refuses to write over a file that is there unless --overwrite says so. What is no regular file, as /dev/stdout,
// is written through.
func (d *Command) free(c *Call) error {
	if d.over == nil {
		return nil
	}
	if *d.over {
		c.Ctx = office.Replacing(c.Ctx)
		return nil
	}
	for _, o := range d.flags {
		if path := o.Value.String(); o.output() && path != "" {
			if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
				return judging.Fail(judging.Clash, "cli.file_there", judging.Args{"File": filepath.Base(path)})
			}
		}
	}
	return nil
}
