// Package pictures copies pictures without what they say of their makers: Exif and other data, comments, small
// previews, what stands behind the picture.
//
// It promises that each pixel, the colours and the way a picture is held stay as they were.
package pictures
