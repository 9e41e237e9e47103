package read

import (
	"testing"

	"fayi/judging/filetype"
)

func TestEachTypeHasAReaderOrIsRefused(t *testing.T) {
	read := map[filetype.Table]bool{filetype.AsZip: true, filetype.AsWeb: true, filetype.AsText: true,
		filetype.AsCompound: true, filetype.AsStream: true, filetype.AsArchive: true}
	for _, row := range filetype.All() {
		if !read[row.Table] && row.Table != filetype.TooOld && row.Refusal == "" {
			t.Errorf("%s: nothing reads %q as a table, and nothing says why not", row.Name, row.Table)
		}
		if row.Kind == filetype.Workbook && row.Table == filetype.Refused {
			t.Errorf("%s is a workbook that is refused", row.Name)
		}
	}
}
