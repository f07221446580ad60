import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from meice.kernel.tables import Tables


class Migration(Tables):

    initial = True

    dependencies = [
        ('orgs', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(db_index=True, max_length=64, verbose_name='SHA-256')),
                ('size', models.PositiveBigIntegerField(verbose_name='字节数')),
                ('name', models.CharField(max_length=255, verbose_name='原文件名')),
                ('kind', models.CharField(choices=[('ole', '旧版 Office'), ('ooxml', '新版 Office'), ('odf', 'ODF 文档'), ('zip', 'zip 压缩包'), ('rar', 'rar 压缩包'), ('7z', '7z 压缩包'), ('pdf', 'PDF'), ('png', 'PNG 图片'), ('jpeg', 'JPEG 图片'), ('gif', 'GIF 图片'), ('other', '其他')], max_length=8, verbose_name='类型')),
                ('purpose', models.CharField(max_length=40, verbose_name='用途')),
                ('kept_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
                ('kept_at', models.DateTimeField(verbose_name='存入时间')),
            ],
            options={
                'verbose_name': '存档文件',
                'indexes': [models.Index(fields=['kept_by', 'kept_at'], name='files_store_kept_by_81e057_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['ole', 'ooxml', 'odf', 'zip', 'rar', '7z', 'pdf', 'png', 'jpeg', 'gif', 'other'])), name='file_kind_known'), models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='file_digest_is_sha256')],
            },
        ),
    ]
