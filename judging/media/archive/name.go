package archive

import (
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// isNoise reports whether a file or folder of this name is the system's or a program's own, and no work of anybody.
func isNoise(name string) bool {
	switch strings.ToLower(name) {
	case "__macosx", "thumbs.db", "desktop.ini", ".ds_store", "ehthumbs.db", "$recycle.bin",
		"system volume information":
		return true
	}
	return strings.HasPrefix(name, "._") || strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".~")
}

// isSafe reports whether a slashed name from an archive stays below the folder it would be unpacked to, on every
// system.
func isSafe(name string) bool {
	if !filepath.IsLocal(name) || strings.ContainsRune(name, 0) || hasDrive(name) {
		return false
	}
	return !slices.ContainsFunc(strings.Split(name, "/"), isReserved)
}

// legible is a name as people can be shown it: what is no sign, or turns the signs behind it around, becomes �.
func legible(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(name, "\ufffd"))
}

func hasDrive(name string) bool {
	return len(name) > 1 && name[1] == ':' && (name[0]|0x20) >= 'a' && (name[0]|0x20) <= 'z'
}

// isReserved reports whether Windows takes a file of this name for a device, whatever follows the first dot.
func isReserved(name string) bool {
	base, _, _ := strings.Cut(name, ".")
	base = strings.ToUpper(strings.TrimRight(base, " "))
	switch base {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	digit, ok := strings.CutPrefix(base, "COM")
	if !ok {
		digit, ok = strings.CutPrefix(base, "LPT")
	}
	return ok && slices.Contains([]string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³"}, digit)
}
