package chooser

import "syscall"

// systemHides reports whether the system marks a file as hidden.
func systemHides(path string) bool {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return false
	}
	marks, err := syscall.GetFileAttributes(name)
	return err == nil && marks&(syscall.FILE_ATTRIBUTE_HIDDEN|syscall.FILE_ATTRIBUTE_SYSTEM) != 0
}

// drives are the disks and sticks that are there.
func drives() (out []string) {
	for letter := 'A'; letter <= 'Z'; letter++ {
		if d := string(letter) + `:\`; isDir(d) {
			out = append(out, d)
		}
	}
	return out
}
