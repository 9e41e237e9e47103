// Package diskspace says how much room is left where a folder lies.
package diskspace

// Free returns how many bytes this user may still write to the disk that holds dir. Errors: those of the system.
func Free(dir string) (int64, error) { return free(dir) }
