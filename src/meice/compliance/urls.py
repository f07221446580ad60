"""The addresses of the room."""

from django.urls import path

from meice.compliance.views import custodies, devices, files, intakes, settings

urlpatterns = [
    path("compliance/", files.compliance_list, name="compliance-list"),
    path("compliance/export/", files.compliance_export, name="compliance-export"),
    path("compliance/settings/", settings.compliance_settings, name="compliance-settings"),
    path("compliance/settings/terms/", settings.compliance_terms_set, name="compliance-terms-set"),
    path("compliance/<int:pk>/", files.compliance, name="compliance"),
    path("compliance/<int:pk>/<slug:kind>/", files.compliance_record, name="compliance-record"),
    path("compliance/<int:pk>/<slug:kind>/file/", files.compliance_file, name="compliance-file"),
    path("custodies/", custodies.custody_list, name="custody-list"),
    path("custodies/export/", custodies.custody_export, name="custody-export"),
    path("custodies/new/<int:pk>/", custodies.custody_new, name="custody-new"),
    path("custodies/<int:pk>/", custodies.custody, name="custody"),
    path("custodies/<int:pk>/edit/", custodies.custody_edit, name="custody-edit"),
    path("custodies/<int:pk>/rotate/", custodies.custody_rotate, name="custody-rotate"),
    path("custodies/<int:pk>/return/", custodies.custody_return, name="custody-return"),
    path("custodies/<int:pk>/show/", custodies.custody_show, name="custody-show"),
    path("devices/", devices.device_list, name="device-list"),
    path("devices/export/", devices.device_export, name="device-export"),
    path("devices/new/", devices.device_new, name="device-new"),
    path("devices/import/", intakes.devices_upload, name="devices-upload"),
    path("devices/import/<int:pk>/", intakes.devices_intake, name="devices-intake"),
    path("devices/import/<int:pk>/apply/", intakes.devices_apply, name="devices-apply"),
    path("devices/import/<int:pk>/drop/", intakes.devices_drop, name="devices-drop"),
    path("devices/<int:pk>/", devices.device, name="device"),
    path("devices/<int:pk>/edit/", devices.device_edit, name="device-edit"),
    path("devices/<int:pk>/check/", devices.device_check, name="device-check"),
    path("devices/<int:pk>/retire/", devices.device_retire, name="device-retire"),
    path("devices/<int:pk>/restore/", devices.device_restore, name="device-restore"),
]
