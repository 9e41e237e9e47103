package atomicfile

import "os"

// claim does nothing here: a file that is open can't be removed.
func claim(*os.Root, string) (*os.File, error) { return nil, nil }

// Abandoned reports whether nobody has a temporary file within root open. It is removed by trying.
func Abandoned(root *os.Root, name string) bool {
	f, err := root.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return true // removing it will tell
	}
	f.Close()
	return root.Remove(name) == nil
}
