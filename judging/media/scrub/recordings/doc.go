// Package recordings copies sound and film without what they say of their makers: tags, places, programs, covers.
//
// It promises that each frame stays as it was and where players look for it: films point into themselves, so what is
// taken out of them is blanked in place. Files are read as they come, never whole.
package recordings
