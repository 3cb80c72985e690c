package import BerthOptionROM

/// What is in an option ROM.
package struct ROMReport: Hashable, Sendable {
    package let size: Int
    package let images: [Image]

    package struct Image: Hashable, Sendable {
        package var image: ROMImage
        package var contents: [ROMContents]
        package var writer: WriterTable?
        /// A driver that is compressed in a way nobody can read.
        package var isOpaque: Bool
    }

    package init(_ file: ROMFile) {
        size = file.size
        images = file.images.map { image in
            let isUEFI = if case .uefi = image.code { true } else { false }
            return Image(
                image: image, contents: image.contents, writer: image.writer,
                isOpaque: isUEFI && image.driverBytes == nil)
        }
    }
}
