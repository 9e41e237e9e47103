package judging

import (
	"cmp"
	"runtime/debug"
	"strings"
)

// version is written by the linker when the program is packed: the tag without its v. What was made of anything
// else than a tag has a + in it, as 1.2.0+3.g46504a1.
var version string

// Version returns the program's version and whether it is a release, that is packed from a tag with nothing changed
// since. It is never empty.
func Version() (text string, release bool) {
	if version != "" {
		return version, !strings.Contains(version, "+")
	}
	recorded := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		recorded = strings.Trim(strings.TrimPrefix(info.Main.Version, "v"), "()")
	}
	return cmp.Or(recorded, "devel"), false
}
