<?xml version="1.0"?>
<!-- The provider's domain with the GPU as berth plans it. A template: Terraform puts ${hostdev} and ${override} in. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:qemu="http://libvirt.org/schemas/domain/qemu/1.0">
  <xsl:output omit-xml-declaration="yes" indent="yes"/>
  <xsl:template match="@*|node()">
    <xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy>
  </xsl:template>
  <!-- The GPU is the only display. -->
  <xsl:template match="/domain/devices/graphics"/>
  <xsl:template match="/domain/devices/video">
    <video><model type="none"/></video>
  </xsl:template>
  <xsl:template match="/domain/devices">
    <xsl:copy>
      <xsl:apply-templates select="@*|node()"/>
      ${hostdev}
    </xsl:copy>
  </xsl:template>
  <xsl:template match="/domain">
    <xsl:copy>
      <xsl:apply-templates select="@*|node()"/>
      <qemu:override>${override}</qemu:override>
    </xsl:copy>
  </xsl:template>
</xsl:stylesheet>
