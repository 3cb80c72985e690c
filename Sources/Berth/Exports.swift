// What these modules have that is public is promised as it is: findings and their places, addresses and sizes, releases, the
// two regions, the phases of a boot, names of strategies. Tests/LayoutTests lists the files.
@_exported public import BerthBoot
@_exported public import BerthDiagnostics
@_exported public import BerthPCI
@_exported public import BerthPlacement
@_exported public import BerthStack
@_exported public import BerthTopology
