// Package zoom shows one picture: fitted, enlarged at a point, moved, sharpened when the whole picture has
// arrived, and, to hide what must not be seen, covered by rectangles (Covers).
package zoom
